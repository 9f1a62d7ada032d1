# --- Progress -----------------------------------------------------------------

# chunk 3 of 45, 6 %, 12.3 MB/s, 0:02:17 left
progress() {
  printf 'chunk %s of %s, %s %%, %s/s, %s:%02d:%02d left' "$index" "$COUNT" "$percent" \
    "$(size_of "$rate")" $((left / 3600)) $((left / 60 % 60)) $((left % 60))
}

# From $done_bytes, and the time since $begun.
estimate() {
  now=$(date +%s)
  elapsed=$((now - begun))
  percent=$((STORED_BYTES > 0 ? done_bytes * 100 / STORED_BYTES : 100))
  [ "$percent" -le 100 ] || percent=100
  rate=$((done_bytes / (elapsed > 0 ? elapsed : 1)))
  left=$((rate > 0 && done_bytes < STORED_BYTES ? (STORED_BYTES - done_bytes) / rate : 0))
}

# Where no terminal is, a line every ten seconds, and one at the end.
show_progress() {
  ! is_too_soon || return 0
  estimate
  warn_of_expiry
  [ -z "$live" ] || return 0
  if [ $((now - shown)) -ge 10 ] || [ "$batch" -eq "$batches" ]; then
    shown=$now
    say "$(progress)"
  fi
}

# Without starting a program, where Linux says how long it has been running.
is_too_soon() {
  [ -r /proc/uptime ] && read -r uptime _ </proc/uptime && [ "$batch" -lt "$batches" ] || return 1
  [ "${uptime%.*}" -lt "${next_look:-0}" ] && return 0
  next_look=$((${uptime%.*} + 5))
  return 1
}

# Better after a minute than after days.
warn_of_expiry() {
  [ -z "$warned" ] && [ "$elapsed" -ge 60 ] || return 0
  [ $((now - off + left)) -ge "$EXPIRES" ] || return 0
  warned=yes
  say "Warning: at this rate the URLs expire before the end. Try more --jobs; or use --download CHUNKS, and go on with a new script: $RENEW"
}

# On a terminal, progress is shown every second, from what note_progress noted.
start_ticker() {
  [ -n "$live" ] || return 0
  : >"$scratch/progress"
  tick &
  ticker=$!
  noted=$!
}

note_progress() {
  [ -z "$ticker" ] || printf '%s\n' "$index $done_bytes $in_flight" >"$scratch/progress"
}

tick() {
  trap - EXIT HUP INT QUIT TERM PIPE
  [ -z "$feeding" ] || exec 5>&-
  while sleep 1 && [ -f "$scratch/progress" ]; do
    read -r index done_bytes in_flight <"$scratch/progress" || continue
    for number in $in_flight; do
      done_bytes=$((done_bytes + $(bytes_of_batch "$number")))
    done
    estimate
    printf '\r\033[K%s' "$(progress)" >&2
  done
}

# bytes_of_batch N: what there is of its chunks.
bytes_of_batch() {
  place_batch "$1"
  read_batch "$1" 2>/dev/null || names=
  # shellcheck disable=SC2086 # names, split on purpose
  {
    (cd "$into" && wc -c /dev/null $names)
    [ "$into" = "$parts" ] || (cd "$parts" && wc -c /dev/null $names)
  } 2>/dev/null | awk '$2 == "total" { bytes += $1 } END { printf "%.0f", bytes }'
}

end_ticker() {
  [ -n "$ticker" ] || return 0
  rm -f "$scratch/progress"
  end_at_once "$ticker"
  ticker=
}

# Not by TERM: a shell that has just been forked may still have its parent's traps, and would clean up.
end_at_once() {
  kill -KILL "$1" 2>/dev/null
  wait "$1" 2>/dev/null
}

