// libedit's calls are variadic, which Swift cannot call; each shim fixes one set of argument types.
#include <stdio.h>
#include <histedit.h>

typedef char *(*editline_prompt)(EditLine *);
typedef unsigned char (*editline_function)(EditLine *, int);

static inline EditLine *editline_open(const char *program) { return el_init(program, stdin, stdout, stderr); }
static inline int editline_set_int(EditLine *e, int option, int value) { return el_set(e, option, value); }
static inline int editline_set_text(EditLine *e, int option, const char *text) { return el_set(e, option, text); }
static inline int editline_set_prompt(EditLine *e, editline_prompt prompt, char escape) {
  return el_set(e, EL_PROMPT_ESC, prompt, (int)escape);
}
static inline int editline_add_function(EditLine *e, const char *name, const char *help, editline_function run) {
  return el_set(e, EL_ADDFN, name, help, run);
}
static inline int editline_bind(EditLine *e, const char *key, const char *function) {
  return el_set(e, EL_BIND, key, function, NULL);
}
static inline int editline_bind_command_mode(EditLine *e, const char *key, const char *function) {
  return el_set(e, EL_BIND, "-a", key, function, NULL);
}
static inline int editline_set_terminal(EditLine *e, const char *mode, const char *flags) {
  return el_set(e, EL_SETTY, mode, flags, NULL);
}
static inline int editline_set_owner(EditLine *e, void *owner) { return el_set(e, EL_CLIENTDATA, owner); }
static inline void *editline_owner(EditLine *e) {
  void *owner = NULL;
  el_get(e, EL_CLIENTDATA, &owner);
  return owner;
}
static inline int editline_set_reader(EditLine *e, el_rfunc_t reader) { return el_set(e, EL_GETCFN, reader); }
static inline int editline_refresh(EditLine *e) { return el_set(e, EL_REFRESH); }
// Whether the cursor can be moved up: a terminal on which more than lines can be drawn.
static inline int editline_can_move_up(EditLine *e) {
  char *up = NULL;
  return el_get(e, EL_GETTC, "up", &up, NULL) == 0 && up != NULL && *up != '\0';
}
static inline int editline_is_emacs(EditLine *e) {
  const char *mode = NULL;
  return el_get(e, EL_EDITOR, &mode) == 0 && mode != NULL && mode[0] == 'e';
}
static inline void editline_flush(void) { fflush(stdout); }
static inline int editline_set_history(EditLine *e, History *h) { return el_set(e, EL_HIST, history, h); }
static inline int editline_history_size(History *h, HistEvent *event, int size) {
  return history(h, event, H_SETSIZE, size);
}
static inline int editline_history_unique(History *h, HistEvent *event) { return history(h, event, H_SETUNIQUE, 1); }
static inline int editline_history_enter(History *h, HistEvent *event, const char *line) {
  return history(h, event, H_ENTER, line);
}
