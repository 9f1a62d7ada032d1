# --- How it ends --------------------------------------------------------------

say() {
  # Where nobody reads it, the rest is done all the same; zsh would end if printf itself could not write to 2.
  {
    [ -z "$live" ] || printf '\r\033[K' >&9
    printf '%s\n' "$1" >&9
  } 9>&2 2>/dev/null || :
}

die() {
  case $1 in
    *'No space left'* | *'disk may be full'*) say "$self: $1" ;;
    # What could not be written as a whole proves nothing: neither a forgery nor damage.
    *) if is_scratch_full; then say "$self: $(scratch_is_full)"; else say "$self: $1"; fi ;;
  esac
  explained=yes
  exit 1
}

# Whether its disk has less than 64 KiB left. A disk without a free block takes a file's name, and nothing else.
is_scratch_full() {
  [ -n "$scratch" ] || return 1
  # Not from /dev/zero, which a rescue system may not have.
  printf '%65536s' '' | cat 2>/dev/null >"$scratch/room"
  written=$?
  rm -f "$scratch/room"
  [ "$written" -ne 0 ]
}

scratch_is_full() {
  printf '%s' "Nothing more can be written to $scratch, whose disk is full: set TMPDIR to a directory with more space."
  [ "$mode$feeding" != extractyes ] || printf ' What was restored is not whole.'
  printf ' %s' "$(next_run)"
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

