# --- How it ends --------------------------------------------------------------

say() {
  [ -z "$live" ] || printf '\r\033[K' >&2
  # Where nobody reads it, the rest is done all the same.
  printf '%s\n' "$1" >&2 || :
}

die() {
  say "$self: $1"
  explained=yes
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

# A signal only ends the shell: what its trap said would be lost in a command whose messages go to /dev/null.
cleanup() {
  caught=$?
  trap '' HUP INT QUIT TERM
  trap - EXIT
  restore_terminal
  end_fetches 2>/dev/null
  for process in $child $guard $ticker; do
    end_at_once "$process"
  done
  [ -z "$feeding" ] || close_tar
  wait 2>/dev/null
  case $caught in
    0) ;;
    129 | 130 | 131 | 143) say "$self: Interrupted. $(next_run)" ;;
    *) [ -n "$explained" ] || say "$self: The shell has ended this run, for the reason above. $(next_run)" ;;
  esac
  if [ -n "$claimed" ]; then
    rm -f "$keep/.in-use"
    rmdir "$keep/.partial" 2>/dev/null
  fi
  [ -z "$staging" ] || rm -rf "$staging"
  [ -z "$scratch" ] || rm -rf "$scratch"
}

# The signal may have come when a process had just been started, and had no number here yet. And a shell that has just been
# forked loses TERM: it looks for the file when it can take it.
end_fetches() {
  [ -z "$scratch" ] || printf '' >"$scratch/ending"
  for process in $fetches; do
    kill "$process"
  done
  [ "${!-}" != "$noted" ] || return 0
  if [ -n "$forking" ]; then kill "$!"; else end_at_once "$!"; fi
}

