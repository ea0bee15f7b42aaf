// The community of workload W: half a year of a reading club's life, from a seed.
//
//   generate MEMBERS EVENTS FOLDER [SEED]
//
// writes FOLDER/members.csv (id, joined, city, interests, channel, is_paying, birth_year, name) and
// FOLDER/events.csv (member_id, ts, kind, amount, quality, content_id), ordered by time, 180 days from 2025-01-01.
// Three in four members are silent; the rest differ log-normally in how much they do, by day and by habit.
// The same arguments give the same bytes whatever the compiler: every random draw has a statement of its own,
// since C leaves the order of evaluation inside an expression open.

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { days = 180, day_seconds = 86400, first_day = 20089 /* 2025-01-01, counted from 1970-01-01 */ };

// ---- Random numbers: xoshiro256**, seeded by splitmix64 (Blackman, Vigna 2018).

static uint64_t state[4];

static uint64_t rotated(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static uint64_t random_bits(void) {
  uint64_t result = rotated(state[1] * 5, 7) * 9, shifted = state[1] << 17;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = rotated(state[3], 45);
  return result;
}

static void seed(uint64_t x) {
  for (int i = 0; i < 4; i++) {
    x += 0x9e3779b97f4a7c15ULL;
    uint64_t z = x;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    state[i] = z ^ (z >> 31);
  }
}

/// Uniform in [0, 1).
static double uniform(void) { return (random_bits() >> 11) * 0x1.0p-53; }

/// Standard normal, by Box and Muller.
static double normal(void) {
  double u = uniform() + 1e-18, v = uniform();
  return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/// Poisson, by Knuth's product below a mean of 30 and the normal approximation above it.
static int poisson(double mean) {
  if (mean > 30) {
    int k = (int)(mean + sqrt(mean) * normal() + 0.5);
    return k < 0 ? 0 : k;
  }
  double limit = exp(-mean), product = 1;
  int k = 0;
  do {
    k++;
    product *= uniform();
  } while (product > limit);
  return k - 1;
}

/// The mean of three draws: most of a day's events fall around noon.
static double around_noon(void) {
  double a = uniform(), b = uniform(), c = uniform();
  return (a + b + c) / 3;
}

// ---- Dates.

typedef struct { int year, month, day; } Date;

/// Days since 1970-01-01 as a date (Hinnant's civil_from_days, for days after the year 0).
static Date date_of(int day) {
  int z = day + 719468, era = z / 146097, of_era = z - era * 146097;
  int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
  Date date = {year + era * 400, month < 10 ? month + 3 : month - 9, of_year - (153 * month + 2) / 5 + 1};
  date.year += date.month <= 2;
  return date;
}

// ---- Events.

typedef enum { CHECKIN, LIKE, COMMENT, POST, ANSWER, FOLLOWUP, PURCHASE, SHARE, VIEW } Kind;
static const char *const kind_names[] = {"checkin", "like", "comment", "post", "answer",
                                         "followup", "purchase", "share", "view"};

typedef struct {
  uint32_t second, member, content /* 0: none */, cents;
  uint16_t milli_quality;
  uint8_t kind;
} Event;

static Event *events;
static size_t event_count, event_room;

static void *room(size_t bytes) {
  void *block = malloc(bytes ? bytes : 1);
  if (!block) {
    fprintf(stderr, "generate: out of memory\n");
    exit(1);
  }
  return block;
}

static void add(Event event) {
  if (event_count == event_room) {
    event_room = event_room * 3 / 2 + 1024;
    events = realloc(events, event_room * sizeof(Event));
    if (!events) exit(1);
  }
  events[event_count++] = event;
}

static FILE *create(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  if (!file) {
    perror(path);
    exit(1);
  }
  setvbuf(file, NULL, _IOFBF, 1 << 20);
  return file;
}

// ---- Members.

typedef struct {
  float weight;    // how much on a day of activity
  float presence;  // the share of days with activity
  float habit;     // the share of those days with a check-in
  float skill;     // mean quality of what is written
  int from, to;    // days of activity, [from, to)
  bool active;
} Member;

static Member drawn_member(int joined) {
  Member m = {0, 0, 0, 0.5f, joined < 0 ? 0 : joined, days, false};
  m.active = uniform() < 0.23;
  return m;
}

static void draw_activity(Member *m) {
  if (uniform() < 0.35) m->to = m->from + 1 + (int)(uniform() * (days - m->from));
  if (uniform() < 0.1) m->from = m->from + (int)(uniform() * (m->to - m->from));
  m->weight = exp(1.15 * normal());
  double a = uniform();
  m->presence = 0.1 + 0.85 * a * a;
  if (uniform() < 0.5) m->habit = 0.0 + 0.3 * uniform();
  else m->habit = 0.6 + 0.4 * uniform();
  m->skill = 0.45 + 0.4 * uniform();
}

/// The columns that W does not read are there for the loader to step over.
static void write_member(FILE *file, size_t number, int joined, bool paying) {
  static const char *const cities[] = {"Paris", "Lyon", "\"Aix-en-Provence, FR\"", "Berlin", "Madrid", "Nairobi",
                                       "Lagos", "São Paulo", "Tokyo", "Toronto", "Austin", "Pune"};
  static const char *const channels[] = {"organic", "referral", "ads", "event", "partner"};
  static const char *const topics[] = {"art", "music", "chess", "cooking", "running",
                                       "gaming", "books", "travel", "diy", "finance"};
  char interests[128] = "";
  int interest_count = (int)(uniform() * 4);
  for (int i = 0; i < interest_count; i++) {
    if (i) strcat(interests, ";");
    strcat(interests, topics[random_bits() % 10]);
  }
  int birth_year = 1950 + (int)(uniform() * 58);
  const char *channel = channels[random_bits() % 5], *city = cities[random_bits() % 12];
  Date date = date_of(first_day + joined);
  fprintf(file, "m%07zu,%04d-%02d-%02d,%s,%s,%s,%s,%d,\"User %zu\"\n", number, date.year, date.month, date.day, city,
          interests, channel, paying ? "true" : "false", birth_year, number);
}

static Member *make_members(size_t count, const char *folder) {
  Member *members = room(count * sizeof(Member));
  FILE *file = create(folder, "members.csv");
  fprintf(file, "id,joined,city,interests,channel,is_paying,birth_year,name\n");
  for (size_t i = 0; i < count; i++) {
    bool before = uniform() < 0.75;
    int joined = before ? -(int)(uniform() * 700) - 1 : (int)(uniform() * 170);
    members[i] = drawn_member(joined);
    bool paying = uniform() < (members[i].active ? 0.3 : 0.03);
    if (members[i].active) draw_activity(&members[i]);
    write_member(file, i + 1, joined, paying);
  }
  fclose(file);
  return members;
}

// ---- A member's half year.

static uint32_t drawn_content(uint32_t contents) { return 1 + (uint32_t)(contents * pow(uniform(), 3)); }

/// A silent member's few events, anywhere in the half year.
static void live_silently(uint32_t number, const Member *m, uint32_t contents) {
  int count = poisson(0.40 * (m->to - m->from) / 180.0);
  for (int i = 0; i < count; i++) {
    Event e = {.member = number};
    e.second = (uint32_t)((m->from + uniform() * (m->to - m->from)) * 86400.0);
    e.content = drawn_content(contents);
    if (uniform() < 0.8) e.kind = VIEW;
    else e.kind = uniform() < 0.8 ? LIKE : CHECKIN;
    if (e.kind == CHECKIN) e.content = 0;
    add(e);
  }
}

static Kind drawn_kind(void) {
  static const struct { double below; Kind kind; } shares[] = {
    {.50, VIEW}, {.70, LIKE}, {.81, COMMENT}, {.86, SHARE}, {.915, ANSWER}, {.955, FOLLOWUP}, {.993, POST}};
  double r = uniform();
  for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
    if (r < shares[i].below) return shares[i].kind;
  return PURCHASE;
}

static void act(uint32_t number, const Member *m, int day, uint32_t contents) {
  Event e = {.member = number};
  e.second = (uint32_t)(day * 86400.0 + around_noon() * 86399.0);
  e.kind = drawn_kind();
  if (e.kind == PURCHASE) e.cents = (uint32_t)(100 * exp(3.0 + 0.9 * normal())) + 99;
  else e.content = drawn_content(contents);
  if (e.kind == ANSWER || e.kind == POST) {
    double quality = m->skill + 0.15 * normal();
    if (quality < 0) quality = 0;
    if (quality > 1) quality = 1;
    e.milli_quality = (uint16_t)(quality * 1000 + 0.5);
  }
  add(e);
}

static void live_actively(uint32_t number, const Member *m, double pace, uint32_t contents) {
  for (int day = m->from; day < m->to; day++) {
    double season = (day + 2) % 7 >= 5 ? 0.8 : 1.0;  // weekends are quieter
    if (uniform() >= m->presence * season && uniform() >= 0.25 * m->habit * m->presence) continue;
    int checkins = 0;
    if (uniform() < m->habit || m->habit > 0.9) checkins = uniform() < 0.15 ? 2 : 1;
    for (int i = 0; i < checkins; i++)
      add((Event){.second = (uint32_t)(day * 86400.0 + around_noon() * 86400), .member = number, .kind = CHECKIN});
    int count = poisson(pace * m->weight);
    for (int i = 0; i < count; i++) act(number, m, day, contents);
  }
}

/// The events of a day of weight 1, so that about `wanted` events come out after check-ins and the silent ones' few.
static double pace_for(double wanted, const Member *members, size_t count) {
  double weighted_days = 0, checkins = 0;
  for (size_t i = 0; i < count; i++) {
    const Member *m = &members[i];
    if (!m->active) continue;
    weighted_days += m->weight * m->presence * (m->to - m->from);
    checkins += m->habit * m->presence * 1.15 * (m->to - m->from);
  }
  return (wanted - checkins - 0.4 * count * 0.77) / weighted_days;
}

// ---- Output.

/// Row numbers in order of time, equal seconds as they were made (counting sort).
static uint32_t *order_of_time(void) {
  const uint32_t end = days * day_seconds;
  uint32_t *starts = calloc(end + 1, sizeof *starts), *order = room(event_count * sizeof *order);
  if (!starts) exit(1);
  for (size_t i = 0; i < event_count; i++) {
    if (events[i].second >= end) events[i].second = end - 1;
    starts[events[i].second + 1]++;
  }
  for (uint32_t t = 0; t < end; t++) starts[t + 1] += starts[t];
  for (size_t i = 0; i < event_count; i++) order[starts[events[i].second]++] = (uint32_t)i;
  free(starts);
  return order;
}

static void write_event(FILE *file, const Event *e, char dates[days][11]) {
  char row[160], *p = row;
  uint32_t second = e->second % day_seconds;
  p += sprintf(p, "m%07u,%sT%02u:%02u:%02uZ,%s,", e->member + 1, dates[e->second / day_seconds], second / 3600,
               second / 60 % 60, second % 60, kind_names[e->kind]);
  if (e->kind == PURCHASE) p += sprintf(p, "%u.%02u", e->cents / 100, e->cents % 100);
  *p++ = ',';
  if (e->kind == ANSWER || e->kind == POST)
    p += sprintf(p, "%u.%03u", e->milli_quality / 1000, e->milli_quality % 1000);
  *p++ = ',';
  if (e->content) p += sprintf(p, "c%u", e->content);
  *p++ = '\n';
  fwrite(row, 1, (size_t)(p - row), file);
}

/// Writes exactly `wanted` events if that many were made, leaving out at random what is too many.
static size_t write_events(size_t wanted, const char *folder) {
  uint32_t *order = order_of_time();
  char dates[days][11];
  for (int d = 0; d < days; d++) {
    Date date = date_of(first_day + d);
    snprintf(dates[d], sizeof dates[d], "%04u-%02u-%02u", (unsigned)date.year % 10000, (unsigned)date.month % 100,
             (unsigned)date.day % 100);
  }
  FILE *file = create(folder, "events.csv");
  fputs("member_id,ts,kind,amount,quality,content_id\n", file);
  size_t left = event_count, need = wanted;
  for (size_t i = 0; i < event_count && need; i++, left--) {
    if (left > need && uniform() * left >= need) continue;
    need--;
    write_event(file, &events[order[i]], dates);
  }
  if (fclose(file)) {
    perror("events.csv");
    exit(1);
  }
  free(order);
  return wanted - need;
}

int main(int count, char **arguments) {
  if (count < 4) {
    fprintf(stderr, "usage: generate MEMBERS EVENTS FOLDER [SEED]\n");
    return 2;
  }
  size_t member_count = strtoull(arguments[1], NULL, 10), wanted = strtoull(arguments[2], NULL, 10);
  seed(count > 4 ? strtoull(arguments[4], NULL, 10) : 42);
  Member *members = make_members(member_count, arguments[3]);
  double pace = pace_for(wanted * 1.02, members, member_count);
  uint32_t contents = (uint32_t)(wanted / 200 + 1000);
  event_room = wanted + wanted / 20 + 1000;
  events = room(event_room * sizeof(Event));
  for (size_t i = 0; i < member_count; i++) {
    if (members[i].active) live_actively((uint32_t)i, &members[i], pace, contents);
    else live_silently((uint32_t)i, &members[i], contents);
  }
  printf("%zu members, %zu events\n", member_count, write_events(wanted, arguments[3]));
  return 0;
}
