# --- All batches in their order -----------------------------------------------

# each_batch ACTION: fetches ahead while ACTION has the batch before.
each_batch() {
  batch=0
  started=0
  index=0
  done_bytes=0
  held=0
  in_flight=
  begun=$(date +%s)
  shown=$begun
  start_ticker
  while [ "$batch" -lt "$batches" ]; do
    batch=$((batch + 1))
    fetch_ahead $((batch - 1 + jobs))
    read_batch "$batch"
    index=$first
    note_progress
    fetched=0
    wait_for_fetch || give_up
    fetch_ahead $((batch + jobs))
    [ "$fetched" -ne 0 ] || "$1"
    index=$((first + count - 1))
    done_bytes=$((done_bytes + stored))
    held=$((held - to_fetch))
    in_flight=${in_flight#"$batch "}
    forget_batch
    show_progress
  done
  end_ticker
}

# read_batch N: what its first three lines say.
read_batch() {
  {
    read -r first count stored to_fetch
    read -r names
    read -r once
  } <"$scratch/batch.$1"
}

forget_batch() {
  rm -rf "$scratch/rows.$batch" "$scratch/batch.$batch" "$scratch/measured.$batch" "${scratch:?}/$batch"
}

# fetch_ahead LAST: starts what has not been started, up to the batch with that number, as far as there is room.
fetch_ahead() {
  while [ "$started" -lt "$1" ] && [ "$started" -lt "$batches" ]; do
    read -r _ _ _ ahead_bytes <"$scratch/batch.$((started + 1))"
    # The one that is waited for, and one ahead of it, need no room.
    [ -n "$keep" ] || [ "$started" -le "$batch" ] || [ $((held + ahead_bytes)) -le "$ROOM" ] ||
      [ "$LARGEST" -gt $((ROOM / 2)) ] || return 0
    started=$((started + 1))
    held=$((held + ahead_bytes))
    in_flight="$in_flight$started "
    forking=yes
    in_background "$started" &
    fetches="$fetches $!"
    noted=$!
    forking=
  done
}

in_background() {
  trap - EXIT
  # Where a terminal's signal ended it, as in zsh, what it has started would go on: the main shell ends it.
  trap '' HUP INT QUIT
  trap : PIPE
  trap 'end_child; exit 143' TERM
  [ ! -e "$scratch/ending" ] || exit 143
  # As long as it holds the pipe to tar, tar waits.
  [ -z "$feeding" ] || exec 5>&-
  place_batch "$1"
  [ -n "$keep" ] || mkdir "$into" || exit 2
  fetch_batch "$1"
}

# Waits for it too: the directory that it writes to is about to be removed.
end_child() {
  # Shells report when a child was killed, which would be the last line to be read.
  exec 2>/dev/null
  [ "${!-}" = "$noted" ] || end_at_once "$!"
  for process in $child $guard; do
    end_at_once "$process"
  done
}

# Fails where a chunk of it is not there; $fetched is 2 if other batches would fail too.
wait_for_fetch() {
  # shellcheck disable=SC2086 # process ids, split on purpose
  first_of $fetches
  wait "$process"
  fetched=$?
  fetches=$rest
  return "$fetched"
}

first_of() {
  process=$1
  shift
  rest=$*
}

# Only --download alone has use for the chunks behind one that is lost.
give_up() {
  lost_names=$(cat "$scratch/lost.$batch" 2>/dev/null)
  set_aside=
  # In one expansion, zsh would not find its end.
  [ -n "$lost_names" ] || lost_names=${names%% *}
  for name in $lost_names; do
    reason="Chunk $(index_of "$name") of $COUNT ($name): $(why_not "$name")"
    if [ "$mode" = fetch ] && [ "$fetched" -eq 1 ]; then
      lost=$((lost + 1))
      say "$reason"
      set_aside=yes
    fi
  done
  [ -z "$set_aside" ] || return 0
  case $reason in
    *'does not have it any more'*) die "$reason Without it the archive cannot be restored as a whole: try another backup of $HOST." ;;
    *'was replaced.') die "$reason $(next_run) If it ends there again, try another backup of $HOST." ;;
    # What follows a command must not be copied with it.
    *"$RENEW") die "$reason ($(next_run))" ;;
    *) die "$reason $(next_run)" ;;
  esac
}

# index_of NAME: its number in the archive, if it is in the batch.
index_of() {
  number=$first
  for other in $names; do
    [ "$other" != "$1" ] || break
    number=$((number + 1))
  done
  printf '%s' "$number"
}

# why_not NAME: what was noted when it could not be fetched.
why_not() {
  if [ -s "$scratch/$1.why" ]; then
    cat "$scratch/$1.why"
  else
    printf '%s' "nothing can be written to $scratch, whose disk may be full."
  fi
}

