extension Explainer {
  /// Answers a question as of a day or moment that somebody wrote.
  public func explain(_ subject: ExplainedSubject, on asOf: AsOf?) throws(ExplainFailure) -> Explanation {
    try explain(subject, at: asOf?.instant(calendar))
  }
}
