// GNU readline as Swift can use it: what is a variable or a macro there is a function here. It keeps no state of its own.

#ifndef STEWARD_CREADLINE_SHIM_H
#define STEWARD_CREADLINE_SHIM_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static inline const char *steward_buffer(void) { return rl_line_buffer; }
static inline int steward_point(void) { return rl_point; }
static inline int steward_end(void) { return rl_end; }

// Ends the line as it is.
static inline void steward_finish(void) { rl_done = 1; }

// Shows the line with the cursor behind it, then a word.
static inline void steward_say_behind(const char *word) {
  rl_point = rl_end;
  (*rl_redisplay_function)();
  fputs(word, rl_outstream);
  rl_crlf();
  rl_on_new_line();
  fflush(rl_outstream);
}

// Of several lines the arrow keys walk through the lines, and at the first and last through the history.
static inline int steward_up(int count, int key) {
  int start = rl_point;
  while (start > 0 && rl_line_buffer[start - 1] != '\n') start--;
  if (start == 0) return rl_get_previous_history(count, key);
  int column = rl_point - start;
  int before = start - 1;
  int first = before;
  while (first > 0 && rl_line_buffer[first - 1] != '\n') first--;
  int target = first + column < before ? first + column : before;
  while (target > first && (rl_line_buffer[target] & 0xC0) == 0x80) target--;
  rl_point = target;
  return 0;
}

static inline int steward_down(int count, int key) {
  int end = rl_point;
  while (end < rl_end && rl_line_buffer[end] != '\n') end++;
  if (end == rl_end) return rl_get_next_history(count, key);
  int start = rl_point;
  while (start > 0 && rl_line_buffer[start - 1] != '\n') start--;
  int column = rl_point - start;
  int last = end + 1;
  while (last < rl_end && rl_line_buffer[last] != '\n') last++;
  int target = end + 1 + column < last ? end + 1 + column : last;
  while (target > end + 1 && target < rl_end && (rl_line_buffer[target] & 0xC0) == 0x80) target--;
  rl_point = target;
  return 0;
}

// The ends of the line of an entry that the cursor is in; from there on, those of the entry.
static inline int steward_home(int count, int key) {
  int start = rl_point;
  while (start > 0 && rl_line_buffer[start - 1] != '\n') start--;
  if (start == rl_point) return rl_beg_of_line(count, key);
  rl_point = start;
  return 0;
}

static inline int steward_end_of_line(int count, int key) {
  int end = rl_point;
  while (end < rl_end && rl_line_buffer[end] != '\n') end++;
  if (end == rl_point) return rl_end_of_line(count, key);
  rl_point = end;
  return 0;
}

// The key that interrupts is read like any other key while a line is edited, so that no signal comes between.
static inline void steward_prepare(int meta) {
  rl_prep_terminal(meta);
  struct termios settings;
  if (tcgetattr(STDIN_FILENO, &settings) != 0) return;
  settings.c_cc[VINTR] = _POSIX_VDISABLE;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &settings);
}

// Puts a function where another one is, unless the person's own settings have put something else there.
static inline void steward_rebind(const char *keys, rl_command_func_t *old, rl_command_func_t *function) {
  Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
  for (int index = 0; index < 3; index++) {
    int type = 0;
    rl_command_func_t *bound = rl_function_of_keyseq(keys, maps[index], &type);
    if (type == ISFUNC && bound == old) rl_generic_bind(ISFUNC, keys, (char *)function, maps[index]);
  }
}

// A line more, whole entry or not.
static inline int steward_newline(int count, int key) {
  (void)key;
  for (int index = 0; index < (count > 0 ? count : 1); index++) rl_insert_text("\n");
  return 0;
}

// In vi mode the key that interrupts inserts itself if nothing else is put there.
static inline void steward_bind_interrupt(rl_command_func_t *interrupt) {
  Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
  for (int index = 0; index < 3; index++) {
    int type = 0;
    rl_command_func_t *bound = rl_function_of_keyseq("\003", maps[index], &type);
    if (bound == NULL || (type == ISFUNC && bound == rl_insert)) rl_bind_key_in_map(0x03, interrupt, maps[index]);
  }
}

// Alt-Enter: readline's own binding of it changes the editing mode, which nobody means here.
static inline void steward_bind_newline(void) {
  const char *keys[] = {"\033\r", "\033\n"};
  for (int index = 0; index < 2; index++) {
    steward_rebind(keys[index], rl_vi_editing_mode, steward_newline);
    int type = 0;
    if (rl_function_of_keyseq(keys[index], vi_insertion_keymap, &type) == NULL || type != ISFUNC)
      rl_generic_bind(ISFUNC, keys[index], (char *)steward_newline, vi_insertion_keymap);
  }
}

static inline void steward_set_up(
    rl_command_func_t *enter, rl_command_func_t *interrupt, rl_completion_func_t *complete) {
  setlocale(LC_ALL, "");
  if (MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
  rl_readline_name = "steward";
  rl_prep_term_function = steward_prepare;
  rl_attempted_completion_function = complete;
  rl_basic_word_break_characters = " \t\n\"()[]{},;=<>+*";
  rl_completer_word_break_characters = " \t\n\"()[]{},;=<>+*";
  rl_completer_quote_characters = "";
  rl_sort_completion_matches = 0;
  rl_initialize();
  rl_add_defun("steward-enter", enter, -1);
  rl_add_defun("steward-interrupt", interrupt, -1);
  rl_add_defun("steward-newline", steward_newline, -1);
  rl_add_defun("steward-up", steward_up, -1);
  rl_add_defun("steward-down", steward_down, -1);
  rl_add_defun("steward-home", steward_home, -1);
  rl_add_defun("steward-end", steward_end_of_line, -1);
  steward_rebind("\r", rl_newline, enter);
  steward_rebind("\n", rl_newline, enter);
  const char *up[] = {"\033[A", "\033OA"};
  const char *down[] = {"\033[B", "\033OB"};
  for (int index = 0; index < 2; index++) {
    steward_rebind(up[index], rl_get_previous_history, steward_up);
    steward_rebind(down[index], rl_get_next_history, steward_down);
  }
  const char *home[] = {"\001", "\033[H", "\033OH", "\033[1~"};
  const char *last[] = {"\005", "\033[F", "\033OF", "\033[4~"};
  for (int index = 0; index < 4; index++) {
    steward_rebind(home[index], rl_beg_of_line, steward_home);
    steward_rebind(last[index], rl_end_of_line, steward_end_of_line);
  }
  steward_bind_interrupt(interrupt);
  steward_bind_newline();
}

// No names of files where there are no candidates.
static inline void steward_offer(int suffix) {
  rl_attempted_completion_over = 1;
  rl_completion_append_character = suffix;
  rl_completion_suppress_append = suffix == 0;
}

#endif
