#!/bin/sh
# shellcheck shell=sh
#
# Restores backup @NUMBER@ of host @HOST@, archived by BackupPC.
#
#   archived    @FINISHED@ (@STATUS@)
#   size        @TAR_SIZE@ of files, as a tar
#   to fetch    @STORED_SIZE@ in @COUNT@, each checked by its SHA-256
#   sealed      @SEALED@
#   URLs work   until @EXPIRES@@SHORTENED@
#
# To bring everything back into a new or empty directory, run
#
#   sh @FILE@ DIRECTORY
#
# or `sh @FILE@ --help` for all it can do. To have more time, save
# the chunks now with `sh @FILE@ --download CHUNKS`, and restore
# whenever you like, without the network, with
# `sh @FILE@ --download CHUNKS DIRECTORY`.
#
# It needs a POSIX shell with the usual small tools, curl or wget, @NEEDS@tar, and
# sha256sum, shasum or openssl. Keep it to yourself: who has it can fetch the chunks.
# Attempt @ATTEMPT@; written on @CREATED@ by @TOOL@.

set -u
# What gpg, curl and wget say is looked at below; tar gets the caller's own again.
callers_locale=${LC_ALL-}
LC_ALL=C
export LC_ALL

HOST='@HOST@'
NUMBER='@NUMBER@'
STATUS='@STATUS@'
COUNT='@COUNT@'
TAR_NAME='@TAR_NAME@'
TAR_BYTES='@TAR_BYTES@'
STORED_BYTES='@STORED_BYTES@'
# Bytes of the largest chunk.
LARGEST='@LARGEST@'
# What a chunk's name has behind that of its plaintext.
SUFFIX='@SUFFIX@'
# Its option -dc undoes the compression; empty: there is none.
DECOMPRESSOR='@DECOMPRESSOR@'
# yes: a passphrase opens the chunks.
SYMMETRIC='@SYMMETRIC@'
# Fingerprints of the keys that open them.
RECIPIENTS='@RECIPIENTS@'
SUMS_NAME='@SUMS_NAME@'
# Empty: the archive has no sums.
SUMS_URL='@SUMS_URL@'
# In seconds since 1970.
CREATED='@CREATED_SECONDS@'
EXPIRES='@EXPIRES_SECONDS@'
EXPIRES_TEXT='@EXPIRES@'
# What writes a new script.
RENEW='@RENEW@'

mode=extract
target=
output=
keep=
passphrase_file=
passphrase=
jobs=1
tries=6
force=
accept_partial=

self=${0##*/}
scratch=
chunks=
child=
fetches=
feeding=
terminal=
callers_umask=$(umask)

main() {
  while [ "$#" -gt 0 ]; do
    case $1 in
      --list | --verify) mode=${1#--} ;;
      --force) force=yes ;;
      --accept-partial) accept_partial=yes ;;
      --help) usage && exit 0 ;;
      --output | --download | --passphrase-file | --jobs | --tries)
        [ "$#" -gt 1 ] || misused "$1 needs a value."
        set_option "$1" "$2"
        shift
        ;;
      --*=*)
        set_option "${1%%=*}" "${1#*=}"
        ;;
      --)
        shift
        break
        ;;
      -?*) misused "There is no option $1." ;;
      *) break ;;
    esac
    shift
  done
  if [ "$mode" = extract ] && [ "$#" -eq 0 ]; then
    [ -n "$keep" ] || misused "Into which directory? None was given."
    mode=fetch
  fi
  if [ "$mode" = extract ]; then
    target=$(absolute "$1")
    shift
  fi
  for member in "$@"; do
    case $member in -*) misused "Options stand before the directory: $member." ;; esac
  done

  trap cleanup EXIT
  trap 'interrupted 129' HUP
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  umask 077

  check_tools
  check_status
  make_scratch
  check_target
  check_space
  check_clock
  if [ "$mode" = fetch ]; then
    save_chunks
  else
    get_passphrase
    check_sums
    restore "$@"
  fi
}

usage() {
  cat <<USAGE
Restores backup $NUMBER of host $HOST.

  sh $self [options] DIRECTORY [MEMBER...]
      brings everything back, or the members alone, named as --list shows them

  --list [MEMBER...]      list what is in the backup, restore nothing
  --verify                fetch, check and decrypt everything, restore nothing
  --output FILE           write the tar into FILE; - is standard output
  --download CHUNKS       keep the chunks in the directory CHUNKS, and use those that are there;
                          without DIRECTORY, do only that
  --passphrase-file FILE  read the passphrase from the first line of FILE; - is standard input
  --jobs N                fetch so many chunks at once ($jobs)
  --tries N               try each chunk so many times ($tries)
  --force                 restore into a directory that is not empty, or seems too small
  --accept-partial        restore although the archive is not complete

Temporary files, at most jobs + 1 chunks of $(size_of "$LARGEST"), go into \$TMPDIR or /tmp.
The URLs in this script work until $EXPIRES_TEXT.
Exit status: 0 all was fetched, checked and restored; 1 something failed; 2 wrong usage.
USAGE
}

set_option() {
  case $1 in
    --output)
      mode=output
      output=$2
      [ "$2" = - ] || output=$(absolute "$2")
      ;;
    --download) keep=$(absolute "$2") ;;
    --passphrase-file) passphrase_file=$2 ;;
    --jobs | --tries)
      case $2 in
        '' | 0* | *[!0-9]* | ????*) misused "$1 must be a number from 1 to 999, not $2." ;;
      esac
      if [ "$1" = --jobs ]; then jobs=$2; else tries=$2; fi
      ;;
    *) misused "There is no option $1 with a value." ;;
  esac
}

# --- Before anything is fetched ---------------------------------------------

check_tools() {
  for command in cat cmp cut date df head ls mkdir mkfifo mktemp mv rm sleep tail tee wc; do
    need_command "$command" "one of the usual small tools of a system"
  done
  find_downloader
  find_digester
  [ "$mode" != fetch ] || return 0
  [ "$mode" = output ] || need_command tar "to unpack the backup"
  [ -z "$DECOMPRESSOR" ] || need_command "$DECOMPRESSOR" "to decompress the chunks"
  [ -z "$SYMMETRIC$RECIPIENTS" ] || find_gpg
}

find_downloader() {
  if has_command curl; then
    downloader=with_curl
  elif has_command wget; then
    downloader=with_wget
    # The wget of busybox knows fewer options, and not the same ones everywhere.
    case $(wget --version 2>&1) in
      *GNU*) wget_options='--tries=1 --timeout=60' ;;
      *) case $(wget --help 2>&1) in *'-T '*) wget_options='-T 60' ;; *) wget_options= ;; esac ;;
    esac
  else
    die "Neither curl nor wget was found: one of them must fetch the chunks."
  fi
}

find_digester() {
  for digester in sha256sum shasum openssl; do
    ! has_command "$digester" || return 0
  done
  die "None of sha256sum, shasum and openssl was found: one of them must check the chunks."
}

find_gpg() {
  gpg=
  for command in gpg gpg2 gpg1; do
    if has_command "$command"; then
      gpg=$command
      break
    fi
  done
  [ -n "$gpg" ] || die "gpg was not found: it must decrypt the chunks (package gpg or gnupg)."
  # Version 1 asks nobody but its file descriptor anyway.
  case $("$gpg" --version 2>/dev/null | head -n 1) in
    *' 1.'*) loopback= ;;
    *) loopback=yes ;;
  esac
  # A printf that is a program of its own would show the passphrase to all who list processes.
  case $(command -v printf) in
    */*) die "This shell has no printf of its own: run the script with dash, bash or busybox sh." ;;
  esac
}

check_status() {
  case $STATUS in
    complete) return 0 ;;
    partial) flaw="BackupPC met errors while it was made, so files may be missing or damaged" ;;
    *) flaw="it was never finished, so its end is missing" ;;
  esac
  if [ "$mode" = extract ] && [ -z "$accept_partial" ]; then
    die "This archive is $STATUS: $flaw. To restore it all the same, add --accept-partial."
  fi
  say "Warning: this archive is $STATUS: $flaw."
}

make_scratch() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/restore.XXXXXX") ||
    die "No temporary directory can be made in ${TMPDIR:-/tmp}: set TMPDIR to a place with space."
  chunks=$scratch
  if [ -n "$keep" ]; then
    mkdir -p "$keep" || die "The directory for the chunks cannot be made: $keep."
    chunks=$keep
  fi
  print_chunks >"$scratch/table" || die "The temporary directory is full: $scratch."
  count_missing
}

# Chunks kept by an earlier run count as there by their names; they are checked when used.
count_missing() {
  missing=0
  missing_bytes=0
  sample_url=
  while read -r name length _ url; do
    [ ! -f "$chunks/$name" ] || continue
    missing=$((missing + 1))
    missing_bytes=$((missing_bytes + length))
    [ -n "$sample_url" ] || sample_url=$url
  done <"$scratch/table"
}

check_target() {
  case $mode in
    extract)
      if [ -e "$target" ] && [ ! -d "$target" ]; then die "This is not a directory: $target."; fi
      (umask "$callers_umask" && mkdir -p "$target") || die "The directory cannot be made: $target."
      [ -w "$target" ] || die "You may not write into $target."
      if [ -n "$(ls -A "$target")" ] && [ -z "$force" ]; then
        die "The directory is not empty: $target. Choose another, or add --force to write over what is there."
      fi
      ;;
    output)
      if [ -f "$output" ] && [ -z "$force" ]; then
        die "The file exists: $output. Choose another, or add --force to write over it."
      fi
      ;;
  esac
}

check_space() {
  if [ -n "$keep" ]; then
    need_space "$keep" "$missing_bytes" "for the chunks"
  else
    need_space "$scratch" $(((jobs < COUNT ? jobs + 1 : COUNT) * LARGEST)) "for temporary files (set TMPDIR to another place)"
  fi
  [ "$mode" != extract ] || need_space "$target" "$TAR_BYTES" "for the files (to restore some members only, add --force)"
}

# need_space DIRECTORY BYTES WHAT-FOR
need_space() {
  free=$(df -P -k "$1" 2>/dev/null | tail -n 1)
  free=${free%\%*}   # Filesystem blocks used available capacity
  free=${free% *}
  free=${free##* }
  free=$(blocks_of "$free") || return 0
  [ "$free" -lt $((($2 + 1023) / 1024)) ] || return 0
  [ -z "$force" ] || return 0
  die "$1 has $(size_of $((free * 1024))) free, but $(size_of "$2") are needed $3."
}

# Digits alone; fails on what df does not know.
blocks_of() {
  case $1 in '' | *[!0-9]*) return 1 ;; esac
  printf '%s' "$1"
}

# A rescue system's clock is often wrong, and only the store's own decides.
check_clock() {
  [ "$missing" -gt 0 ] || return 0
  now=$(date +%s)
  if stores_time=$(ask_time "$sample_url"); then
    off=$((now - stores_time))
    [ "${off#-}" -le 600 ] || say "Warning: the clock of this machine is $((${off#-} / 60)) minutes off, by the store's."
    now=$stores_time
  elif [ "$now" -lt $((CREATED - 86400)) ]; then
    say "Warning: the clock of this machine is wrong: this script was written later than it says."
  fi
  [ "$now" -lt "$EXPIRES" ] || die "$(expired)"
}

expired() {
  printf '%s' "The URLs in this script expired on $EXPIRES_TEXT. Write a new script: $RENEW"
}

# ask_time URL: the store's time in seconds since 1970, from the Date of any answer.
ask_time() {
  if [ "$downloader" = with_curl ]; then
    curl --silent --head --globoff --path-as-is --connect-timeout 10 --max-time 20 --url "$1"
  else
    # shellcheck disable=SC2086 # options, split on purpose
    wget $wget_options -S --spider -- "$1"
  fi >"$scratch/answer" 2>&1
  seconds=
  while read -r field _ day month year time _; do
    case $field in [Dd][Aa][Tt][Ee]:) seconds=$(seconds_of "$day" "$month" "$year" "$time") ;; esac
  done <"$scratch/answer"
  [ -n "$seconds" ] && printf '%s' "$seconds"
}

# seconds_of 23 Nov 2026 23:01:25
seconds_of() {
  case $2 in
    Mar) month=0 ;; Apr) month=1 ;; May) month=2 ;; Jun) month=3 ;; Jul) month=4 ;; Aug) month=5 ;;
    Sep) month=6 ;; Oct) month=7 ;; Nov) month=8 ;; Dec) month=9 ;; Jan) month=10 ;; Feb) month=11 ;;
    *) return 1 ;;
  esac
  case $1$3$4 in *[!0-9:]*) return 1 ;; esac
  # Years begin in March here, so that the leap day is their last; 719469 days lead to 1970.
  year=$(($3 - month / 10))
  days=$((365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + ${1#0} - 719469))
  hour=${4%%:*}
  second=${4##*:}
  minute=${4%:*}
  minute=${minute#*:}
  # Without its leading zero, 08 is no octal.
  printf '%s' $((days * 86400 + ${hour#0} * 3600 + ${minute#0} * 60 + ${second#0}))
}

# --- The passphrase ----------------------------------------------------------

get_passphrase() {
  [ -n "$SYMMETRIC$RECIPIENTS" ] || return 0
  if [ "$passphrase_file" = - ]; then
    IFS= read -r passphrase || [ -n "$passphrase" ] || die "There was no passphrase on standard input."
  elif [ -n "$passphrase_file" ]; then
    [ -r "$passphrase_file" ] || die "The passphrase file cannot be read: $passphrase_file."
    IFS= read -r passphrase <"$passphrase_file" || [ -n "$passphrase" ] ||
      die "The passphrase file is empty: $passphrase_file."
  elif [ -n "$SYMMETRIC" ]; then
    ask_passphrase
  fi
  if [ -n "$SYMMETRIC" ] && [ -n "$passphrase" ]; then
    # Nothing of the caller's keyring is needed, and his home may not be writable.
    GNUPGHOME=$scratch/gnupg
    export GNUPGHOME
    mkdir "$GNUPGHOME"
  elif [ -z "$RECIPIENTS" ]; then
    die "Without the passphrase nothing can be decrypted."
  fi
}

ask_passphrase() {
  (: </dev/tty) 2>/dev/null ||
    die "There is no terminal to ask for the passphrase: add --passphrase-file FILE."
  terminal=$(stty -g </dev/tty)
  stty -echo </dev/tty
  printf 'Passphrase for backup %s of %s: ' "$NUMBER" "$HOST" >/dev/tty
  IFS= read -r passphrase </dev/tty
  restore_terminal
  printf '\n' >/dev/tty
}

restore_terminal() {
  [ -z "$terminal" ] || stty "$terminal" </dev/tty
  terminal=
}

# --- The sums ---------------------------------------------------------------

# The sums came from who had the passphrase: a store that swaps, drops or
# replays chunks cannot have written them. A line for each stored chunk, a line
# for the plaintext of each, a line for the whole tar.
check_sums() {
  sums=
  [ -n "$SUMS_URL" ] || return 0
  fetch_sums
  unseal_sums
  sums=$scratch/sums
  exec 3<"$scratch/table" 4<"$sums"
  while read -r name _ sha256 _ <&3; do
    read -r sum named <&4
    [ "$sum  $named" = "$sha256  $name" ] ||
      die "The store's list of chunks is not that of the archive: $name differs from the sealed SHA256SUMS. Nothing was restored."
  done
  exec 3<"$scratch/table"
  while read -r name _ _ _ <&3; do
    read -r sum named <&4
    [ "$named" = "${name%"$SUFFIX"}" ] || die "The sealed SHA256SUMS belong to another archive: $named stands where ${name%"$SUFFIX"} should."
    printf '%s\n' "$sum"
  done >"$scratch/plain-sums"
  read -r _ named <&4
  [ "$named" = "$TAR_NAME" ] || die "The sealed SHA256SUMS belong to another archive: they do not end with $TAR_NAME."
  exec 3<&- 4<&-
}

fetch_sums() {
  [ ! -f "$chunks/$SUMS_NAME" ] || return 0
  fetch "$SUMS_NAME" '' '' "$SUMS_URL" ||
    die "$SUMS_NAME: $(cat "$scratch/$SUMS_NAME.why")"
}

unseal_sums() {
  decrypt "$chunks/$SUMS_NAME" >"$scratch/sums" || die_of_gpg "$SUMS_NAME"
}

# --- All chunks in their order -----------------------------------------------

save_chunks() {
  [ -z "$SUMS_URL" ] || fetch_sums
  each_chunk true
  say "All $COUNT chunks are in $keep. To restore: sh $self --download CHUNKS DIRECTORY, with CHUNKS that directory."
}

restore() {
  mkfifo "$scratch/tar" "$scratch/plain"
  consume "$@" <"$scratch/tar" 2>"$scratch/tar.said" &
  consumer=$!
  exec 5>"$scratch/tar"
  feeding=yes
  [ -z "$sums" ] || exec 6<"$scratch/plain-sums"
  each_chunk feed_chunk
  exec 5>&-
  feeding=
  wait "$consumer" || die_of_tar
  head -n 20 "$scratch/tar.said" >&2
  case $mode in
    extract) say "Restored backup $NUMBER of $HOST into $target: all $COUNT chunks were as archived." ;;
    verify) say "All $COUNT chunks of backup $NUMBER of $HOST are as archived, and can be restored." ;;
  esac
}

# each_chunk ACTION: fetches ahead while ACTION has the chunk before.
each_chunk() {
  index=0
  started=0
  done_bytes=0
  started_at=$(date +%s)
  exec 3<"$scratch/table" 4<"$scratch/table"
  while read -r name length _ _ <&4; do
    index=$((index + 1))
    fetch_ahead $((index - 1 + jobs))
    wait_for_fetch "$name"
    fetch_ahead $((index + jobs))
    "$1" "$name"
    [ -n "$keep" ] || rm -f "$chunks/$name"
    done_bytes=$((done_bytes + length))
    progress "$name"
  done
  exec 3<&- 4<&-
  [ "$index" -eq "$COUNT" ] || die "This script is damaged: it names $index chunks of $COUNT."
}

# fetch_ahead LAST: starts what has not been started, up to the chunk with that number.
fetch_ahead() {
  while [ "$started" -lt "$1" ] && read -r ahead_name ahead_length ahead_sha256 ahead_url <&3; do
    started=$((started + 1))
    in_background "$ahead_name" "$ahead_length" "$ahead_sha256" "$ahead_url" &
    fetches="$fetches $!"
  done
}

in_background() {
  trap - EXIT HUP INT
  trap 'end_child; exit 143' TERM
  # Whoever holds the pipe to tar keeps tar waiting.
  [ -z "$feeding" ] || exec 5>&-
  fetch "$@"
}

# Waits for it too: the directory that it writes to is about to be removed.
end_child() {
  # Shells tell when a child was killed, which would be the last line to be read.
  exec 2>/dev/null
  if [ -n "$child" ]; then
    kill "$child"
    wait "$child"
  fi
}

wait_for_fetch() {
  # shellcheck disable=SC2086 # process ids, split on purpose
  first_of $fetches
  wait "$first" || die "Chunk $index of $COUNT ($1): $(cat "$scratch/$1.why")"
  fetches=$rest
}

first_of() {
  first=$1
  shift
  rest=$*
}

# --- One chunk from the store ------------------------------------------------

# fetch NAME LENGTH SHA256 URL: the checked chunk is $chunks/NAME, or why not is in $scratch/NAME.why.
# Without length and digest what comes is taken, since it is checked otherwise.
fetch() {
  ! matches "$chunks/$1" "$2" "$3" || return 0
  part=$chunks/$1.part
  try=1
  spoiled=
  pause=1
  until fetch_once "$@"; do
    printf '%s\n' "$why" >"$scratch/$1.why"
    [ -n "$passing" ] && [ "$try" -lt "$tries" ] || return 1
    try=$((try + 1))
    sleep "$pause"
    pause=$((pause < 30 ? pause * 2 : pause))
  done
  mv -f "$part" "$chunks/$1"
}

# One try, which goes on where the last one ended. On failure $why tells the reason, and $passing whether to try again.
fetch_once() {
  passing=yes
  if [ -z "$2" ] || [ "$(length_of "$part")" -lt "$2" ]; then
    download "$4" || return 1
  fi
  matches "$part" "$2" "$3" && return 0
  got=$(length_of "$part")
  if [ "$got" -lt "${2:-0}" ]; then
    why="it ended after $got of $2 bytes, $try times. Run the script again later."
    return 1
  fi
  rm -f "$part"
  [ -z "$spoiled" ] || passing=
  spoiled=yes
  why="the store returns other bytes than were archived (SHA-256 differs), so it was not used. The chunk is damaged or was replaced."
  return 1
}

# matches FILE LENGTH SHA256
matches() {
  [ -f "$1" ] || return 1
  [ -n "$2" ] || return 0
  [ "$(length_of "$1")" -eq "$2" ] && [ "$(sha256 <"$1")" = "$3" ]
}

download() {
  http_status=
  "$downloader" "$1" >"$part.status" 2>"$part.said" &
  child=$!
  wait "$child"
  ended=$?
  child=
  [ "$downloader" != with_curl ] || read -r http_status <"$part.status"
  [ "$downloader" != with_wget ] || http_status=$(status_in "$part.said")
  said=$(tail -n 1 "$part.said")
  rm -f "$part.status" "$part.said"
  [ "$ended" -ne 0 ] || return 0
  explain_failure
  return 1
}

with_curl() {
  exec curl --silent --show-error --fail --location --globoff --path-as-is \
    --connect-timeout 30 --speed-limit 1 --speed-time 60 \
    --continue-at - --output "$part" --write-out '%{http_code}\n' --url "$1"
}

with_wget() {
  # shellcheck disable=SC2086 # options, split on purpose
  exec wget $wget_options -S -c -O "$part" -- "$1"
}

# The last HTTP status that wget told.
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

explain_failure() {
  case $http_status in
    400 | 401 | 403 | 410)
      passing=
      if [ "$(date +%s)" -ge "$EXPIRES" ]; then
        why=$(expired)
      else
        why="the store refuses the URL (HTTP $http_status). It has expired with the credentials that signed it, or was revoked. Write a new script: $RENEW"
      fi
      ;;
    404)
      passing=
      why="the store does not have it any more (HTTP 404). Without it this archive cannot be restored as a whole; try another backup of $HOST."
      ;;
    416)
      rm -f "$part"
      why="the store would not go on where the last try ended (HTTP 416). Run the script again."
      ;;
    [45]??) why="the store answers HTTP $http_status, $try times. Run the script again later." ;;
    *) explain_broken ;;
  esac
}

explain_broken() {
  case $downloader.$ended in
    with_curl.23 | with_wget.3)
      passing=
      why="it cannot be written to $chunks, whose disk may be full."
      ;;
    with_curl.33)
      rm -f "$part"
      why="the server cannot go on where the last try ended. Run the script again."
      ;;
    *) why="it cannot be fetched ($said), $try times. Look at the network and run the script again." ;;
  esac
}

# --- One chunk into the tar ---------------------------------------------------

feed_chunk() {
  if [ -n "$sums" ]; then
    sha256 <"$scratch/plain" >"$scratch/plain-sum" 5>&- &
    summing=$!
    open_chunk "$1" 5>&- | tee "$scratch/plain" >&5
    wait "$summing"
  else
    open_chunk "$1" >&5 5>&-
  fi
  check_opened "$1"
}

open_chunk() {
  if [ -z "$DECOMPRESSOR" ]; then
    decrypt "$chunks/$1"
    printf '%s\n' "$?" >"$scratch/gpg.ended"
    return
  fi
  {
    decrypt "$chunks/$1"
    printf '%s\n' "$?" >"$scratch/gpg.ended"
  } | {
    "$DECOMPRESSOR" -dc 2>"$scratch/decompressor.said"
    printf '%s\n' "$?" >"$scratch/decompressor.ended"
  }
}

check_opened() {
  # Where tar has ended, all before it in the pipe fail too, and only because of it.
  [ ! -f "$scratch/tar.ended" ] || die_of_tar
  read -r ended <"$scratch/gpg.ended"
  [ "$ended" -eq 0 ] || die_of_gpg "$1"
  if [ -n "$DECOMPRESSOR" ]; then
    read -r ended <"$scratch/decompressor.ended"
    [ "$ended" -eq 0 ] ||
      die "Chunk $index of $COUNT ($1): $DECOMPRESSOR cannot decompress it ($(tail -n 1 "$scratch/decompressor.said"))."
  fi
  [ -n "$sums" ] || return 0
  read -r expected <&6
  [ "$(cat "$scratch/plain-sum")" = "$expected" ] ||
    die "Chunk $index of $COUNT ($1): decrypted, it is not what was archived (SHA-256 differs). Do not trust what was restored."
}

decrypt() {
  if [ -z "$SYMMETRIC$RECIPIENTS" ]; then
    cat "$1"
  elif [ -n "$passphrase" ]; then
    printf '%s\n' "$passphrase" |
      "$gpg" --batch --quiet --no-tty ${loopback:+--pinentry-mode loopback} --passphrase-fd 0 --decrypt -- "$1"
  else
    "$gpg" --quiet --decrypt -- "$1"
  fi 2>"$scratch/gpg.said"
}

consume() {
  trap - EXIT HUP INT TERM
  if [ -n "$callers_locale" ]; then LC_ALL=$callers_locale; else unset LC_ALL; fi
  case $mode in
    extract) umask "$callers_umask" && extract "$@" ;;
    list) tar -tvf - ${1+--} "$@" ;;
    verify) tar -tf - >/dev/null ;;
    output) if [ "$output" = - ]; then cat; else cat >"$output"; fi ;;
  esac
  ended=$?
  # Some tars stop reading at the end of the archive, before the padding.
  [ "$ended" -ne 0 ] || cat >/dev/null
  [ "$ended" -eq 0 ] || printf '%s\n' "$ended" >"$scratch/tar.ended"
  return "$ended"
}

# BackupPC's tar comes back to a folder after others. GNU tar has set the
# folder's time by then, and the files that follow change it, unless told to wait.
extract() {
  case $(tar --version 2>/dev/null) in
    *"GNU tar"*) tar -xpf - --delay-directory-restore -C "$target" ${1+--} "$@" ;;
    *) tar -xpf - -C "$target" ${1+--} "$@" ;;
  esac
}

# --- Telling ------------------------------------------------------------------

progress() {
  percent=$((STORED_BYTES > 0 ? done_bytes * 100 / STORED_BYTES : 100))
  if [ ! -t 2 ]; then
    say "$1: chunk $index of $COUNT, $percent %"
    return
  fi
  elapsed=$(($(date +%s) - started_at))
  rate=$((done_bytes / (elapsed > 0 ? elapsed : 1)))
  left=$((rate > 0 ? (STORED_BYTES - done_bytes) / rate : 0))
  printf '\r\033[KChunk %s of %s, %s %%, %s/s, %s:%02d:%02d left' "$index" "$COUNT" "$percent" \
    "$(size_of "$rate")" $((left / 3600)) $((left / 60 % 60)) $((left % 60)) >&2
  [ "$index" -lt "$COUNT" ] || printf '\n' >&2
}

say() {
  printf '%s\n' "$1" >&2
}

die() {
  [ -z "$feeding" ] || [ ! -t 2 ] || printf '\n' >&2
  say "$self: $1"
  exit 1
}

misused() {
  say "$self: $1 Try: sh $self --help"
  exit 2
}

die_of_gpg() {
  case $(cat "$scratch/gpg.said") in
    *'ad session key'* | *'ad passphrase'*) die "The passphrase is wrong: gpg cannot decrypt $1 with it." ;;
    *'o secret key'*) die "gpg has no secret key for $1: import one of $RECIPIENTS." ;;
    *) die "gpg cannot decrypt $1: $(tail -n 1 "$scratch/gpg.said")" ;;
  esac
}

die_of_tar() {
  head -n 20 "$scratch/tar.said" >&2
  case $mode in
    output) die "The tar cannot be written to $output: $(tail -n 1 "$scratch/tar.said")" ;;
    *) die "tar failed, and what was restored is not whole: $(head -n 1 "$scratch/tar.said")" ;;
  esac
}

interrupted() {
  say "$self: Interrupted. With --download CHUNKS, what is fetched is kept for the next run."
  exit "$1"
}

cleanup() {
  trap - EXIT
  trap '' HUP INT TERM
  restore_terminal
  for process in $child $fetches; do
    kill "$process" 2>/dev/null
  done
  [ -z "$feeding" ] || exec 5>&-
  wait 2>/dev/null
  [ -z "$scratch" ] || rm -rf "$scratch"
}

# --- Small things ---------------------------------------------------------------

has_command() {
  command -v "$1" >/dev/null 2>&1
}

need_command() {
  has_command "$1" || die "$1 was not found: it is needed, $2."
}

absolute() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$PWD" "$1" ;;
  esac
}

length_of() {
  if [ -f "$1" ]; then printf '%s' $(($(wc -c <"$1"))); else printf 0; fi
}

# sha256 <FILE
sha256() {
  case $digester in
    sha256sum) sha256sum ;;
    shasum) shasum -a 256 ;;
    openssl) openssl dgst -sha256 -r ;;
  esac | cut -c 1-64
}

# 1234567 -> 1.2 MB
size_of() {
  amount=$(($1 * 10))
  for unit in bytes kB MB GB TB; do
    [ "$amount" -ge 10000 ] || break
    [ "$unit" != TB ] || break
    amount=$((amount / 1000))
  done
  if [ "$unit" = bytes ]; then
    printf '%s bytes' $((amount / 10))
  else
    printf '%s.%s %s' $((amount / 10)) $((amount % 10)) "$unit"
  fi
}

# --- The chunks in their order: name, bytes, SHA-256, URL -------------------------

print_chunks() {
  cat <<'END_OF_CHUNKS'
@CHUNKS@
END_OF_CHUNKS
}

main "$@" || exit 1
