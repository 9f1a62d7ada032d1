# --- One batch from the store -------------------------------------------------

# fetch_batch N: the checked chunks are in $into, or their names are in lost.N. Most often, all come at
# once and are as archived; where not, each goes its own way, with more tries and with reasons.
fetch_batch() {
  {
    read -r _
    read -r _
    read -r _
    read -r kept
    read -r kept_sums
    read -r fresh
    read -r fresh_sums
    read -r partial
  } <"$scratch/batch.$1"
  measured=$scratch/measured.$1
  odd=$partial
  if [ -n "$kept" ] && ! are_as_archived "$into" "$kept" "$kept_sums"; then odd=yes; fi
  if [ -n "$fresh" ] && ! fetch_fresh "$scratch/rows.$1"; then odd=yes; fi
  [ -z "$odd" ] || fetch_each "$1"
}

# fetch_fresh ROWS
fetch_fresh() {
  case $downloader in
    with_curl) download_all "$1" ;;
    *) download_one_by_one "$1" ;;
  esac
  are_as_archived "$parts" "$fresh" "$fresh_sums" || return 1
  [ "$parts" != "$into" ] || return 0
  # shellcheck disable=SC2086 # names, split on purpose
  (cd "$parts" && mv -f -- $fresh "$into/")
}

# are_as_archived DIRECTORY NAMES SUMS
are_as_archived() {
  # shellcheck disable=SC2086 # names, split on purpose
  (cd "$1" && measure_all $2) >"$measured" 2>/dev/null || return 1
  # shellcheck disable=SC2086 # sums, split on purpose
  set -- $3
  while read -r sum _; do
    [ "$sum" = "${1-}" ] || return 1
    shift
  done <"$measured"
  [ "$#" -eq 0 ]
}

# measure_all NAME...: a line each, which begins with its SHA-256, or its length where that is all that is known.
measure_all() {
  for name in "$@"; do
    [ -f "$name" ] || return 1
  done
  if [ -n "$DIGESTS" ]; then
    digest_lines "$@"
  else
    wc -c "$@" | awk '$2 != "total" || NR == 1 { print $1 }'
  fi
}

# fetch_each N
fetch_each() {
  worst=0
  while read -r name length sha256 url <&4; do
    fetch "$name" "$length" "$sha256" "$url" 4<&- && continue
    ended=$?
    printf '%s\n' "$name" >>"$scratch/lost.$1"
    [ "$worst" -ge "$ended" ] || worst=$ended
    case $mode$worst in fetch1) ;; *) break ;; esac
  done 4<"$scratch/rows.$1"
  return "$worst"
}

# fetch NAME LENGTH SHA256 URL: the checked chunk is $into/NAME, or why not is in $scratch/NAME.why. Fails with
# 2 if any other would fail, too. Without length what comes is taken, since it is checked otherwise; so it is
# with the digest -.
fetch() {
  ! matches "$into/$1" "$2" "$3" || return 0
  part=$parts/$1
  if [ "$parts" != "$into" ] && [ -f "$into/$1" ]; then
    say "$1: what was kept of it is damaged ($unlike), so it is fetched again."
  fi
  try=1
  longest=$(length_of "$part")
  spoiled=
  pause=1
  until fetch_once "$@"; do
    printf '%s\n' "$why" >"$scratch/$1.why"
    [ -s "$part" ] || rm -f "$part"
    [ "$passing" = yes ] || return "$passing"
    if ! count_try; then
      [ "$tries" -eq 1 ] && tried=once || tried="$tries times"
      printf '%s Tried %s: try again later.\n' "$why" "$tried" >"$scratch/$1.why"
      return 1
    fi
    say "$1: $why Trying again in $pause s ($try of $tries)."
    # In the foreground, it would keep a signal waiting.
    sleep "$pause" &
    note_child
    wait "$child"
    child=
    pause=$((pause < 32 ? pause * 2 : 60))
  done
  [ "$parts" = "$into" ] || mv -f "$part" "$into/$1"
}

# A try that brought bytes does not count: a bad line may break as often as it likes.
count_try() {
  try=$((try + 1))
  got=$(length_of "$part")
  if [ "$got" -gt "$longest" ]; then
    longest=$got
    try=2
    pause=1
  fi
  [ "$try" -le "$tries" ]
}

# One try, which goes on where the last one ended. On failure $why has the reason, and
# $passing is yes, 1 where another try would fail too, or 2 where any chunk would.
fetch_once() {
  passing=yes
  if [ -z "$2" ] || [ "$(length_of "$part")" -lt "$2" ]; then
    download "$4" || return 1
  fi
  matches "$part" "$2" "$3" && return 0
  got=$(length_of "$part")
  if [ "$got" -eq 0 ]; then
    why="nothing came, though the answer was no error: it may be that of a proxy, or of a network that wants you to log in first, with a browser."
    return 1
  fi
  if is_foreign "$part"; then
    rm -f "$part"
    why="something else came than an encrypted chunk, such as a web page: does this network want you to log in first, with a browser?"
    return 1
  fi
  if [ "$got" -lt "${2:-0}" ]; then
    why="it ended after $got of $2 bytes."
    # Where the server would go on after the end, the same would come again.
    [ "$got" -gt "$longest" ] || rm -f "$part"
    return 1
  fi
  rm -f "$part"
  [ -z "$spoiled" ] || passing=1
  spoiled=yes
  why="the store returns other bytes than were archived ($unlike), so it was not used. The chunk is damaged or was replaced."
  return 1
}

# An OpenPGP message begins with a byte beyond ASCII; what a hotel's network or a proxy answers does not.
is_foreign() {
  [ -n "$PASSPHRASE$RECIPIENTS" ] && [ -s "$1" ] || return 1
  case $(head -c 1 "$1") in '' | [[:cntrl:]] | [[:print:]]) return 0 ;; esac
  return 1
}

# matches FILE LENGTH SHA256
matches() {
  unlike="it is empty"
  [ -f "$1" ] || return 1
  if [ -z "$2" ] && [ "$3" = - ]; then
    [ -s "$1" ] && ! is_foreign "$1"
    return
  fi
  unlike="its length differs"
  [ -z "$2" ] || [ "$(length_of "$1")" -eq "$2" ] || return 1
  unlike="SHA-256 differs"
  [ "$3" = - ] || [ "$(digest <"$1")" = "$3" ]
}

