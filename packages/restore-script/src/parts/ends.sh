# --- How it ends --------------------------------------------------------------

say() {
  [ -z "$live" ] || printf '\r\033[K' >&2
  # Where nobody reads it, the rest is done all the same.
  printf '%s\n' "$1" >&2 || :
}

die() {
  say "$self: $1"
  exit 1
}

misused() {
  say "$self: $1 Try: sh $self --help"
  exit 2
}

# How to go on: for the end of the line with the reason why a run ended.
next_run() {
  case $mode$output in
    extract* | output[!-]*) with=", with --force," ;;
    *) with= ;;
  esac
  if [ -n "$keep" ]; then
    printf '%s' "The next run$with uses what is in $keep, and fetches only the rest."
  else
    printf '%s' "The next run$with starts again; with --download CHUNKS, runs go on where the last one stopped."
  fi
}

interrupted() {
  restore_terminal
  say "$self: Interrupted. $(next_run)"
  exit "$1"
}

cleanup() {
  trap - EXIT
  trap '' HUP INT QUIT TERM
  restore_terminal
  for process in $child $fetches $ticker; do
    kill "$process" 2>/dev/null
  done
  [ -z "$feeding" ] || exec 5>&-
  wait 2>/dev/null
  if [ -n "$claimed" ]; then
    rm -f "$keep/.in-use"
    rmdir "$keep/.partial" 2>/dev/null
  fi
  [ -z "$staging" ] || rm -rf "$staging"
  [ -z "$scratch" ] || rm -rf "$scratch"
}

