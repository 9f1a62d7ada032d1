# --- curl and wget ------------------------------------------------------------

# download_all ROWS: as far as it comes, over connections that are kept.
download_all() {
  (cd "$parts" && exec_curl "$1") >/dev/null 2>&1 &
  note_child
  wait "$child"
  child=
}

# Only what is to be fetched, and has not been begun.
curl_config() {
  awk -v fresh=" $fresh " 'index(fresh, " " $1 " ") { printf "url = \"%s\"\noutput = \"%s\"\n", $4, $1 }' "$1"
}

# Behind a pipe, it would go on when this shell is ended.
exec_curl() {
  # shellcheck disable=SC2086 # one option or none
  exec curl --disable --globoff --path-as-is --silent --fail $fail_early --location --connect-timeout 30 \
    --speed-limit 1 --speed-time 60 --config - <<CONFIG
$(curl_config "$1")
CONFIG
}

# download_one_by_one ROWS: up to the first that fails.
download_one_by_one() {
  while read -r name length _ url <&4; do
    case " $fresh " in *" $name "*) ;; *) continue ;; esac
    part=$parts/$name
    # fetch_each finds out why it failed.
    download "$url" 4<&- || break
    [ "$(length_of "$part")" -eq "$length" ] || break
  done 4<"$1"
}

# download URL: into $part; goes on where that ends.
download() {
  http_status=
  connect_status=
  "$downloader" "$1" >"$part.status" 2>"$part.said" &
  note_child
  if [ "$downloader" != with_curl ]; then
    end_stalled &
    note_guard
  fi
  wait_for_child
  case $downloader in
    with_curl) read -r http_status connect_status <"$part.status" ;;
    *) http_status=$(status_in "$part.said") ;;
  esac
  hear "$part.said"
  rm -f "$part.status" "$part.said"
  case $http_status in
    # What comes in place of another place is not what was asked for, but some take it for that.
    3??)
      ended=1
      rm -f "$part"
      ;;
  esac
  [ "$ended" -ne 0 ] || return 0
  explain_failure "$1"
  return 1
}

# Its status is in $ended.
wait_for_child() {
  wait "$child"
  ended=$?
  child=
  [ -z "$guard" ] || end_at_once "$guard"
  guard=
}

# Right behind the start of a process: see end_fetches.
note_child() {
  child=$!
  noted=$!
}

note_guard() {
  guard=$!
  noted=$!
}

# hear FILE: $heard is what the downloader said, and $said the line that gives its reason.
hear() {
  heard=$(head -c 8192 "$1")
  said=$(last_words <"$1")
  : "${said:="it ended with status $ended"}"
}

# curl explains its reason in the lines that follow it; GNU wget ends with an empty line, and may say that it gives
# up, or how to go on without any security, on a line of its own. Of TLS, the reason is on the line before the last.
# busybox wget says where it connects to, and may say nothing else.
last_words() {
  words=
  while read -r line || [ -n "$line" ]; do
    case $line in
      'curl: ('*)
        words=$line
        break
        ;;
      '' | 'Giving up.' | 'To connect to '*' insecurely, '* | 'Connecting to '*')') ;;
      'Unable to establish SSL connection.') case $words in *TLS:* | *SSL:*) ;; *) words=$line ;; esac ;;
      *) words=$line ;;
    esac
  done
  printf '%s' "$words"
}

with_curl() {
  curl_url "$1" --silent --show-error --fail --location --connect-timeout 30 --speed-limit 1 --speed-time 60 \
    --continue-at - --output "$part" --write-out '%{http_code} %{http_connect}\n'
}

with_gnu_wget() {
  gnu_wget_url "$1" --dns-timeout=20 --connect-timeout=20 --read-timeout=60 -S -c -O "$part"
}

with_wget() {
  exec wget -S -c -O "$part" -- "$1"
}

with_nothing() {
  printf 'neither curl nor wget was found\n' >&2
  return 1
}

# curl_url URL OPTION..., gnu_wget_url URL OPTION...: end this shell, so call them in another. The
# URL is as good as a key: as an argument, everyone who lists processes would see it. What the caller's own
# .curlrc or .wgetrc asks for could end up in the chunks.
curl_url() {
  url=$1
  shift
  exec curl --disable --globoff --path-as-is "$@" --config - <<CONFIG
url = "$url"
CONFIG
}

gnu_wget_url() {
  url=$1
  shift
  # Old ones have no option for that, and do not take /dev/null.
  WGETRC=$scratch/wgetrc
  export WGETRC
  # shellcheck disable=SC2086 # one option or none
  exec wget --tries=1 $prefer "$@" -i - <<LIST
$url
LIST
}

# The wget of busybox waits forever for a server that says nothing more. GNU wget does for one that says no more than
# headers, and needs longer where it tries several addresses.
end_stalled() {
  exec >/dev/null 2>&1
  case $downloader in with_wget) limit=60 ;; *) limit=180 ;; esac
  longest=-1
  while sleep 5 && kill -0 "$child"; do
    got=$(length_of "$part")
    [ "$got" -le "$longest" ] || still=0
    longest=$got
    still=$((still + 5))
    [ "$still" -le "$limit" ] || kill "$child"
  done
}

# end_after SECONDS: the same for one that must not take longer.
end_after() {
  exec >/dev/null 2>&1
  seconds=$1
  while [ "$seconds" -gt 0 ] && sleep 1 && kill -0 "$child"; do
    seconds=$((seconds - 1))
  done
  kill "$child"
}

# The last HTTP status that wget showed.
status_in() {
  found=
  while read -r line; do
    case $line in
      *HTTP/[0-9]*' '[0-9][0-9][0-9]*)
        line=${line#*HTTP/* }
        found=${line%%[!0-9]*}
        ;;
    esac
  done <"$1"
  printf '%s' "$found"
}

