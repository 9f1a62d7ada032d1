#!/bin/sh
# shellcheck shell=sh
#
# Restores backup @NUMBER@ of host @HOST@, archived by BackupPC.
#
#   archived    @FINISHED@ (@STATUS@)
#   size        @TAR_SIZE@
#   to fetch    @STORED_SIZE@ in @COUNT@, @CHECKED@
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
# openssl, sha256sum or shasum. Keep it to yourself: who has it can fetch the chunks.
# @ATTEMPT@Written on @CREATED@ by @TOOL@.
#
# The # at the ends of the next lines hides the carriage return that Windows would have put there.
line_end='
' #
[ "${#line_end}" -eq 1 ] || { #
  printf '%s\n' "$0: This script was given Windows line ends. Take them away: tr -d '\015' <$0 >new.sh" >&2 #
  exit 1 #
} #

# A script that was cut off never comes to main.
trap 'printf "%s\n" "$0: This script is cut off before its end: copy it again." >&2; exit 1' EXIT
[ -z "${ZSH_VERSION-}" ] || emulate sh 2>/dev/null
set +aC -u
# Else the files that are opened would take its place, and get the messages.
(: >&2) 2>/dev/null || exec 2>/dev/null
# What gpg, curl and wget say is looked at below; tar gets the caller's own again.
callers_locale=${LC_ALL-}
LC_ALL=C
export LC_ALL
# What the caller exports shall not leave out files, and no secret shall go into all programs by its name.
unset TAR_OPTIONS TAR_READER_OPTIONS GZIP PIGZ BZIP BZIP2 LZOP XZ_OPT XZ_DEFAULTS
unset passphrase url ahead_url sample_url SUMS_URL
unalias -a 2>/dev/null

HOST='@HOST@'
NUMBER='@NUMBER@'
STATUS='@STATUS@'
COUNT='@COUNT@'
TAR_NAME='@TAR_NAME@'
# Empty: nobody knows.
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
# yes: the SHA-256 of each chunk is known.
DIGESTS='@DIGESTS@'
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
# Which kind of tar there is.
tar=
# yes: a secret key of the caller's opens the chunks, not their passphrase.
by_key=
jobs=1
tries=20
force=
accept_partial=
without_sums=
accept_unprotected=

self=${0##*/}
scratch=
chunks=
claimed=
child=
fetches=
feeding=
ticker=
warned=
terminal=
asked=
# This clock against the store's, in seconds.
off=0
# yes: one line of the terminal is written over and over.
live=
[ ! -t 2 ] || [ "${TERM-dumb}" = dumb ] || live=yes
callers_umask=$(umask)

main() {
  trap - EXIT
  check_shell
  forget_functions
  while [ "$#" -gt 0 ]; do
    case $1 in
      --list | --verify) set_mode "${1#--}" ;;
      --force) force=yes ;;
      --accept-partial) accept_partial=yes ;;
      --accept-unprotected) accept_unprotected=yes ;;
      --without-sums) without_sums=yes ;;
      -h | --help)
        usage
        exit
        ;;
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
  if [ "$mode" = extract ] && [ "$#" -eq 0 ] && [ -n "$keep" ]; then mode=fetch; fi
  case $mode in
    extract)
      # A variable that is not set must not stand for the current directory.
      [ -n "${1-}" ] || misused "Into which directory? None was given."
      target=$(absolute "$1") || exit
      shift
      ;;
    verify | output)
      [ "$#" -eq 0 ] || misused "--$mode restores nothing, so it takes neither a directory nor members: $1."
      ;;
  esac
  for member in "$@"; do
    case $member in
      '') misused "A member has no name." ;;
      -*) misused "Options stand before the directory: $member." ;;
    esac
  done

  trap cleanup EXIT
  trap 'interrupted 129' HUP
  trap 'interrupted 130' INT
  trap 'interrupted 131' QUIT
  trap 'interrupted 143' TERM
  trap : PIPE # Who reads the messages may leave: the restore goes on.
  umask 077

  check_tools "$@"
  check_status
  make_scratch
  find_downloader
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
  --passphrase-file FILE  read the passphrase, or that of your secret key where one opens the
                          backup, from the first line of FILE; - is standard input
  --jobs N                fetch so many chunks at once ($jobs)
  --tries N               give a chunk up after so many tries in a row that bring nothing ($tries)
  --force                 restore into a directory that is not empty, or seems too small
  --accept-partial        restore although the archive is not complete
  --without-sums          restore although $SUMS_NAME is lost: nothing then proves that the
                          store returns what was archived
  --accept-unprotected    decrypt although gpg finds no protection against changes, as it does
                          in archives of old programs

To run it again after a failure, add --force. It fetches everything anew, unless it was
given --download CHUNKS, where it finds what it has fetched before.
Temporary files, at most jobs + 1 chunks of $(size_of "$LARGEST"), go into \$TMPDIR or /tmp.
The URLs in this script work until $EXPIRES_TEXT.
Where they must go through a proxy, set http_proxy or https_proxy; .curlrc and .wgetrc are not read.
Exit status: 0 all was fetched, checked and restored; 1 something failed; 2 wrong usage.
USAGE
}

set_mode() {
  [ "$mode" = extract ] || [ "$mode" = "$1" ] || misused "--$mode and --$1 cannot be done in one run."
  mode=$1
}

set_option() {
  [ -n "$2" ] || misused "$1 needs a value."
  case $1 in
    --output)
      set_mode output
      output=$2
      [ "$2" = - ] || output=$(absolute "$2") || exit
      ;;
    --download) keep=$(absolute "$2") || exit ;;
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

check_shell() {
  # Bytes of archives do not fit into 32 bits.
  [ $((65536 * 65536)) = 4294967296 ] ||
    die "This shell cannot count beyond 2 GB: run the script with dash, bash or busybox sh."
  [ -z "${YASH_VERSION-}" ] ||
    die "This shell cannot read every passphrase: run the script with dash, bash or busybox sh."
  # To posh, no arguments are an unset variable.
  (set -- && : "$@") 2>/dev/null ||
    die "This shell is too far from POSIX: run the script with dash, bash or busybox sh."
}

# Those that bash has exported would be run in the place of the programs.
forget_functions() {
  for command in $DECOMPRESSOR cat curl cut date df gpg gpg1 gpg2 head id kill ls mkdir mkfifo mktemp mv openssl \
    printf read rm sha256sum shasum sleep stty tail tar tee tr tty wait wc wget; do
    unset -f "$command" 2>/dev/null
  done
}

check_tools() {
  for command in cat cut date df head ls mkdir mkfifo mktemp mv rm sleep tail tee tr wc; do
    need_command "$command" "one of the usual small tools of a system"
  done
  find_digester
  [ "$mode" != fetch ] || return 0
  [ "$mode" = output ] || find_tar "$@"
  [ -z "$DECOMPRESSOR" ] || need_command "$DECOMPRESSOR" "to decompress the chunks"
  [ -z "$SYMMETRIC$RECIPIENTS" ] || find_gpg
}

# Where all chunks are there, none is needed.
find_downloader() {
  if has_command curl; then
    downloader=with_curl
  elif has_command wget; then
    downloader=with_wget
    # The wget of busybox knows fewer options, and not the same ones everywhere.
    case $(wget --version 2>&1) in
      *GNU*)
        downloader=with_gnu_wget
        : >"$scratch/wgetrc"
        ;;
    esac
  elif [ "$missing" -gt 0 ]; then
    die "Neither curl nor wget was found: one of them must fetch the chunks."
  else
    downloader=with_nothing
  fi
}

# openssl comes first: it is five times as fast as a sha256sum that does without the processor's help.
find_digester() {
  for digester in openssl sha256sum shasum; do
    case $(: | sha256 2>/dev/null) in e3b0c44298fc1c149afb*) return 0 ;; esac
  done
  die "None of openssl, sha256sum and shasum was found: one of them must check the chunks."
}

# find_tar [MEMBER...]
find_tar() {
  need_command tar "to unpack the backup"
  case $(tar --version 2>&1 && tar --help 2>&1) in
    *"GNU tar"*--xattrs*) tar=gnu ;;
    *"GNU tar"*) tar=old_gnu ;;
    *bsdtar*) tar=bsd ;;
    *numeric-owner*) tar=numeric ;;
    *) tar=small ;;
  esac
  # GNU tar takes them as they are, and for bsdtar they are made so.
  case $tar in *gnu | bsd) return 0 ;; esac
  for member in "$@"; do
    case $member in
      *[*?[\\]*) die "busybox tar takes $member as a pattern: name the folder that it is in, or install GNU tar." ;;
    esac
  done
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
  case $(command -V printf 2>/dev/null) in
    *builtin* | *built-in*) ;;
    *) die "This shell has no printf of its own: run the script with dash, bash or busybox sh." ;;
  esac
}

check_status() {
  [ -n "$DIGESTS" ] || tell_unchecked
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

# The archives of the program before this one.
tell_unchecked() {
  case $SYMMETRIC$RECIPIENTS in
    '') unseen="bytes that the store or somebody there has changed" ;;
    *) unseen="a chunk in another's place, if it was sealed with the same passphrase" ;;
  esac
  say "Warning: this archive was stored without SHA-256 sums: of its chunks only the lengths and what gpg and tar find wrong can be checked. Nothing would show $unseen."
}

make_scratch() {
  temporary=$(absolute "${TMPDIR:-/tmp}") || exit
  scratch=$(mktemp -d "$temporary/restore.XXXXXX") ||
    die "No temporary directory can be made in $temporary: set TMPDIR to a place with space."
  chunks=$scratch
  if [ -n "$keep" ]; then
    mkdir -p "$keep" || die "The directory for the chunks cannot be made: $keep."
    chunks=$keep
  fi
  print_chunks >"$scratch/table" || die "The temporary directory is full: $scratch."
  count_missing
  # Where all of them are there, it may be a medium that nobody can write to.
  if [ -w "$chunks" ]; then
    [ -z "$keep" ] || claim_chunks
  else
    [ "$missing" -eq 0 ] || die "You may not write into $chunks."
  fi
}

# Two runs at once would write into the same files, and each would find them damaged.
claim_chunks() {
  if ! (set -C && printf '%s\n' "$$" >"$chunks/.in-use") 2>/dev/null; then
    read -r other <"$chunks/.in-use"
    ! kill -0 "$other" 2>/dev/null ||
      die "Another run is at work on $chunks (process $other): wait for its end. If there is none, delete $chunks/.in-use."
    # It was killed.
    printf '%s\n' "$$" >"$chunks/.in-use"
  fi
  claimed=yes
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
  if [ -n "$SUMS_URL" ] && [ -z "$without_sums" ] && [ ! -f "$chunks/$SUMS_NAME" ]; then
    missing=$((missing + 1))
    [ -n "$sample_url" ] || sample_url=$SUMS_URL
  fi
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
      ! has_command id || [ "$(id -u)" -eq 0 ] ||
        say "Warning: you are not root, so all files will be yours, and devices cannot be made."
      ;;
    output) [ "$output" = - ] || check_output ;;
  esac
}

check_output() {
  [ ! -d "$output" ] || die "This is a directory, and the tar needs a file: $output."
  if [ -f "$output" ] && [ -z "$force" ]; then
    die "The file exists: $output. Choose another, or add --force to write over it."
  fi
  [ -d "${output%/*}/" ] || die "There is no directory ${output%/*}: make it, or choose another."
  if [ -e "$output" ]; then place=$output; else place=${output%/*}/; fi
  [ -w "$place" ] || die "You may not write to $output."
}

check_space() {
  if [ -n "$keep" ]; then
    chunk_bytes=$missing_bytes
    need_space "$keep" "$chunk_bytes" "for the chunks"
  else
    chunk_bytes=$(((jobs < COUNT ? jobs + 1 : COUNT) * LARGEST))
    need_space "$scratch" "$chunk_bytes" "for temporary files (set TMPDIR to another place)"
  fi
  case $mode$output in
    extract) place=$target ;;
    output- | output/dev/*) return 0 ;;
    output*) place=${output%/*}/ ;;
    *) return 0 ;;
  esac
  # What nobody knows is at least what is fetched.
  file_bytes=${TAR_BYTES:-$STORED_BYTES}
  [ "$(disk_of "$chunks")" != "$(disk_of "$place")" ] || file_bytes=$((file_bytes + chunk_bytes))
  need_space "$place" "$file_bytes" "for the files (to restore some members only, add --force)"
}

# need_space DIRECTORY BYTES WHAT-FOR
need_space() {
  [ -z "$force" ] || return 0
  free=$(df -P -k "$1" 2>/dev/null | tail -n 1)
  # Filesystem blocks used available capacity%
  # shellcheck disable=SC2086 # words, split on purpose
  free=$(set -f && last_but_one ${free%\%*}) || return 0
  [ "$free" -lt $((($2 + 1023) / 1024)) ] || return 0
  die "$1 has $(size_of $((free * 1024))) free, but $(size_of "$2") are needed $3."
}

# Where the disk is mounted that holds a directory.
disk_of() {
  mounted=$(df -P -k "$1" 2>/dev/null | tail -n 1)
  printf '%s' "${mounted##*% }"
}

# The word that is it, if it is a number: df does not know everything.
last_but_one() {
  while [ "$#" -gt 2 ]; do shift; done
  case ${1-} in '' | *[!0-9]*) return 1 ;; esac
  printf '%s' "$1"
}

# A rescue system's clock is often wrong, and only the store's own decides.
check_clock() {
  [ "$missing" -gt 0 ] || return 0
  now=$(date +%s)
  if stores_time=$(ask_time "$sample_url"); then
    off=$((now - stores_time))
    [ "${off#-}" -le 600 ] || say "Warning: the clock of this machine is $((${off#-} / 60)) minutes off, by the store's."
  elif [ "$now" -lt $((CREATED - 86400)) ]; then
    say "Warning: the clock of this machine is wrong: this script was written later than it says."
  fi
  is_alive || die "$(expired)"
}

# Whether the URLs have still to work, by the store's clock.
is_alive() {
  [ $(($(date +%s) - off)) -lt "$EXPIRES" ]
}

expired() {
  printf '%s' "The URLs in this script expired on $EXPIRES_TEXT. Write a new script: $RENEW"
}

# ask_time URL: the store's time in seconds since 1970, from the Date of any answer.
ask_time() {
  (
    case $downloader in
      with_curl) curl_url "$1" --silent --head --connect-timeout 10 --max-time 20 ;;
      with_gnu_wget) gnu_wget_url "$1" --timeout=20 -S --spider ;;
      with_wget) exec wget -S --spider -- "$1" ;;
    esac
  ) >"$scratch/answer" 2>&1
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
  has_key=
  end_trace
  ! has_secret_key || has_key=yes
  if [ "$passphrase_file" = - ]; then
    IFS= read -r passphrase || [ -n "$passphrase" ] || die "There was no passphrase on standard input."
  elif [ -n "$passphrase_file" ]; then
    [ -r "$passphrase_file" ] || die "The passphrase file cannot be read: $passphrase_file."
    IFS= read -r passphrase <"$passphrase_file" || [ -n "$passphrase" ] ||
      die "The passphrase file is empty: $passphrase_file."
  elif [ -n "$SYMMETRIC" ] && [ -z "$has_key" ]; then
    ask_passphrase
  fi
  # A file that was edited on Windows ends its lines with the one, and begins with the other.
  passphrase=${passphrase%"$(printf '\r')"}
  passphrase=${passphrase#"$(printf '\357\273\277')"}
  if [ -n "$SYMMETRIC" ] && [ -n "$passphrase" ]; then
    # Nothing of the caller's keyring is needed, and his home may not be writable.
    callers_keyring=${GNUPGHOME-}
    GNUPGHOME=$scratch/gnupg
    export GNUPGHOME
    mkdir "$GNUPGHOME"
  elif [ -n "$RECIPIENTS" ]; then
    use_secret_key
  else
    die "Without the passphrase nothing can be decrypted."
  fi
}

# What sh -x prints would show the passphrase.
end_trace() {
  case $- in *x*) ;; *) return 0 ;; esac
  set +x
  say "The trace ends here: it would show the passphrase."
}

# Whether the caller's keyring has one that opens the chunks.
has_secret_key() {
  for recipient in $RECIPIENTS; do
    ! "$gpg" --batch --quiet --list-secret-keys -- "$recipient" >/dev/null 2>&1 || return 0
  done
  return 1
}

use_secret_key() {
  by_key=yes
  [ -z "$passphrase" ] || return 0
  [ -z "$SYMMETRIC" ] || [ -z "$has_key" ] ||
    say "Your secret key opens this backup. To open it by its passphrase, add --passphrase-file FILE."
  if [ -z "${GPG_TTY-}" ] && GPG_TTY=$(tty 2>/dev/null </dev/tty); then
    # What asks for the passphrase of a secret key looks for the terminal there.
    export GPG_TTY
  fi
}

ask_passphrase() {
  (: </dev/tty) 2>/dev/null ||
    die "There is no terminal to ask for the passphrase: add --passphrase-file FILE."
  asked=$((${asked:-0} + 1))
  terminal=$(stty -g </dev/tty)
  # Who stopped it would come back to a terminal that shows what is typed.
  stty -echo susp undef </dev/tty 2>/dev/null || stty -echo </dev/tty
  printf 'Passphrase for backup %s of %s: ' "$NUMBER" "$HOST" >/dev/tty
  IFS= read -r passphrase </dev/tty
  restore_terminal
}

# Asks again where the passphrase was mistyped; fails where nobody was asked, or three times already.
ask_again() {
  is_passphrase_wrong || return 1
  ! try_key || return 0
  [ "${asked:-3}" -lt 3 ] || return 1
  say "That is not the passphrase: gpg cannot decrypt $1 with it."
  ask_passphrase
}

# What is not the archive's passphrase may be that of the secret key: gpg shall try it.
try_key() {
  [ -n "$has_key" ] && [ -z "$by_key" ] || return 1
  by_key=yes
  GNUPGHOME=$callers_keyring
  [ -n "$GNUPGHOME" ] || unset GNUPGHOME
}

is_passphrase_wrong() {
  [ -n "$passphrase" ] || return 1
  case $(cat "$scratch/gpg.said") in
    *'ad session key'* | *'ad passphrase'* | *'failed: bad key'* | *'failed: Bad key'*) return 0 ;;
    # The session key that a wrong passphrase makes of the message's may be called anything.
    *'session key failed'* | *'nknown cipher algorithm'* | *'key setup failed'* | *'do_setkey: Assertion'*) return 0 ;;
  esac
  return 1
}

is_unprotected() {
  case $(cat "$scratch/gpg.said") in *'not integrity protected'*) return 0 ;; esac
  return 1
}

restore_terminal() {
  [ -n "$terminal" ] || return 0
  stty "$terminal" </dev/tty
  terminal=
  printf '\n' >/dev/tty
}

# --- The sums ---------------------------------------------------------------

# The sums came from who had the passphrase: a store that swaps, drops or
# replays chunks cannot have written them. A line for each stored chunk, a line
# for the plaintext of each, a line for the whole tar.
check_sums() {
  sums=
  [ -n "$SUMS_URL" ] && [ -z "$without_sums" ] || return 0
  fetch_sums
  until decrypt "$chunks/$SUMS_NAME" >"$scratch/sums"; do
    ask_again "$SUMS_NAME" || die_of_gpg "$SUMS_NAME"
  done
  sums=$scratch/sums
  exec 3<"$scratch/table" 4<"$sums"
  while read -r name _ sha256 _ <&3; do
    read -r sum named <&4
    [ "$sum  $named" = "$sha256  $name" ] ||
      die "The store's list of chunks is not that of the archive: $name differs from the sealed SHA256SUMS. Nothing was restored.$(after_gpg "$SUMS_NAME")"
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
    die_without_sums "$(why_not "$SUMS_NAME")"
}

# die_without_sums WHY
die_without_sums() {
  case $1 in
    *'HTTP 404'* | *'was replaced.'*) die "$SUMS_NAME: $1 To restore without that proof of what was archived, add --without-sums." ;;
    *) die "$SUMS_NAME: $1" ;;
  esac
}

# --- All chunks in their order -----------------------------------------------

save_chunks() {
  [ -z "$SUMS_URL" ] || [ -n "$without_sums" ] || fetch_sums
  lost=0
  each_chunk true
  [ "$lost" -eq 0 ] ||
    die "$lost of $COUNT chunks could not be fetched; the others are in $keep, for the next run. The last of them: $reason"
  say "All $COUNT chunks are in $keep. To restore, without the network if need be: sh $self --download CHUNKS DIRECTORY, where CHUNKS is $keep."
}

restore() {
  mkfifo "$scratch/tar" "$scratch/plain" ||
    die "$scratch cannot hold a pipe: set TMPDIR to a directory of a Linux or UNIX disk."
  consume "$@" <"$scratch/tar" 2>"$scratch/tar.said" &
  consumer=$!
  exec 5>"$scratch/tar"
  feeding=yes
  [ -z "$sums" ] || exec 6<"$scratch/plain-sums"
  each_chunk feed_chunk
  exec 5>&-
  feeding=
  wait "$consumer" || die_of_tar
  [ -z "$live" ] || printf '\r\033[K' >&2
  head -n 20 "$scratch/tar.said" >&2
  were="were as archived"
  [ -n "$DIGESTS" ] || were="had the length that they have in the store"
  case $mode in
    extract) say "Restored backup $NUMBER of $HOST into $target: all $COUNT chunks $were." ;;
    verify) say "All $COUNT chunks of backup $NUMBER of $HOST $were, and can be restored." ;;
  esac
}

# each_chunk ACTION: fetches ahead while ACTION has the chunk before.
each_chunk() {
  index=0
  started=0
  done_bytes=0
  in_flight=
  started_at=$(date +%s)
  start_ticker
  exec 3<"$scratch/table" 4<"$scratch/table"
  while read -r name length _ _ <&4; do
    index=$((index + 1))
    fetch_ahead $((index - 1 + jobs))
    note_progress
    wait_for_fetch "$name" || give_up "$name"
    fetch_ahead $((index + jobs))
    [ "$fetched" -ne 0 ] || "$1" "$name"
    [ -n "$keep" ] || rm -f "$chunks/$name"
    done_bytes=$((done_bytes + length))
    in_flight=${in_flight#"$name "}
    estimate
    [ "$fetched" -ne 0 ] || [ -n "$live" ] || say "$name: $(progress)"
    warn_of_expiry
  done
  exec 3<&- 4<&-
  end_ticker
  [ "$index" -eq "$COUNT" ] || die "This script is damaged: it names $index chunks of $COUNT."
}

# why_not NAME: what was noted when it could not be fetched.
why_not() {
  if [ -s "$scratch/$1.why" ]; then
    cat "$scratch/$1.why"
  else
    printf '%s' "nothing can be written to $scratch, whose disk may be full."
  fi
}

# Only what fetches the chunks alone has use for the chunks behind one that is lost.
give_up() {
  reason="Chunk $index of $COUNT ($1): $(why_not "$1")"
  if [ "$mode" = fetch ] && [ "$fetched" -eq 1 ]; then
    lost=$((lost + 1))
    say "$reason"
    return
  fi
  case $reason in
    *'HTTP 404'*) die "$reason Without it the archive cannot be restored as a whole: try another backup of $HOST." ;;
    *'was replaced.') die "$reason $(next_run) If it ends there again, try another backup of $HOST." ;;
    # What follows a command must not be copied with it.
    *"$RENEW") die "$reason ($(next_run))" ;;
    *) die "$reason $(next_run)" ;;
  esac
}

# fetch_ahead LAST: starts what has not been started, up to the chunk with that number.
fetch_ahead() {
  while [ "$started" -lt "$1" ] && read -r ahead_name ahead_length ahead_sha256 ahead_url <&3; do
    started=$((started + 1))
    in_flight="$in_flight$ahead_name "
    in_background "$ahead_name" "$ahead_length" "$ahead_sha256" "$ahead_url" &
    fetches="$fetches $!"
  done
}

in_background() {
  trap - EXIT HUP INT QUIT
  trap : PIPE
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

# wait_for_fetch NAME: fails where there is no chunk; why not is in $scratch/NAME.why, and $fetched is 2 if
# another would fail too.
wait_for_fetch() {
  # shellcheck disable=SC2086 # process ids, split on purpose
  first_of $fetches
  wait "$first"
  fetched=$?
  fetches=$rest
  return "$fetched"
}

first_of() {
  first=$1
  shift
  rest=$*
}

# --- One chunk from the store ------------------------------------------------

# fetch NAME LENGTH SHA256 URL: the checked chunk is $chunks/NAME, or why not is in $scratch/NAME.why.
# Without length what comes is taken, since it is checked otherwise; so it is with the digest -.
fetch() {
  ! matches "$chunks/$1" "$2" "$3" || return 0
  [ ! -f "$chunks/$1" ] || say "$1: what was kept of it is damaged ($unlike), so it is fetched again."
  part=$chunks/$1.part
  try=1
  longest=$(length_of "$part")
  spoiled=
  pause=1
  until fetch_once "$@"; do
    printf '%s\n' "$why" >"$scratch/$1.why"
    [ -s "$part" ] || rm -f "$part"
    [ "$passing" = yes ] || return "$passing"
    if ! count_try; then
      printf '%s Tried %s times: try again later.\n' "$why" "$tries" >"$scratch/$1.why"
      return 1
    fi
    say "$1: $why Trying again in $pause s ($try of $tries)."
    # In the foreground, it would keep a signal waiting.
    sleep "$pause" &
    child=$!
    wait "$child"
    child=
    pause=$((pause < 32 ? pause * 2 : 60))
  done
  mv -f "$part" "$chunks/$1"
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

# One try, which goes on where the last one ended. On failure $why tells the reason, and
# $passing is yes, 1 where another try would fail too, or 2 where any chunk would.
fetch_once() {
  passing=yes
  if [ -z "$2" ] || [ "$(length_of "$part")" -lt "$2" ]; then
    download "$4" || return 1
  fi
  matches "$part" "$2" "$3" && return 0
  got=$(length_of "$part")
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
  [ -n "$SYMMETRIC$RECIPIENTS" ] && [ -s "$1" ] || return 1
  case $(head -c 1 "$1") in '' | [[:cntrl:]] | [[:print:]]) return 0 ;; esac
  return 1
}

# matches FILE LENGTH SHA256
matches() {
  unlike="it is empty"
  [ -f "$1" ] || return 1
  if [ -z "$2" ]; then
    [ -s "$1" ] && ! is_foreign "$1"
    return
  fi
  unlike="its length differs"
  [ "$(length_of "$1")" -eq "$2" ] || return 1
  unlike="SHA-256 differs"
  [ "$3" = - ] || [ "$(sha256 <"$1")" = "$3" ]
}

download() {
  http_status=
  "$downloader" "$1" >"$part.status" 2>"$part.said" &
  child=$!
  guard=
  if [ "$downloader" = with_wget ]; then
    end_stalled &
    guard=$!
  fi
  wait "$child"
  ended=$?
  child=
  [ -z "$guard" ] || end_at_once "$guard"
  case $downloader in
    with_curl) read -r http_status <"$part.status" ;;
    *) http_status=$(status_in "$part.said") ;;
  esac
  said=$(tail -n 5 "$part.said" | last_words)
  : "${said:="it ended with status $ended"}"
  no_space=
  case $(cat "$part.said") in *'No space left'*) no_space=yes ;; esac
  rm -f "$part.status" "$part.said"
  [ "$ended" -ne 0 ] || return 0
  explain_failure "$1"
  return 1
}

# GNU wget ends with an empty line, and may say that it gives up on a line of its own.
last_words() {
  words=
  while read -r line || [ -n "$line" ]; do
    case $line in '' | 'Giving up.') ;; *) words=$line ;; esac
  done
  printf '%s' "$words"
}

with_curl() {
  curl_url "$1" --silent --show-error --fail --location --connect-timeout 30 --speed-limit 1 --speed-time 60 \
    --continue-at - --output "$part" --write-out '%{http_code}\n'
}

with_gnu_wget() {
  gnu_wget_url "$1" --timeout=60 -S -c -O "$part"
}

with_wget() {
  exec wget -S -c -O "$part" -- "$1"
}

with_nothing() {
  printf 'neither curl nor wget was found\n' >&2
  return 1
}

# curl_url URL OPTION..., gnu_wget_url URL OPTION...: end this shell, so call them in another. The
# URL is as good as a key: as an argument, all who list processes would see it. What the caller's own
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
  exec wget --tries=1 "$@" -i - <<LIST
$url
LIST
}

# The wget of busybox waits forever for a server that says nothing more.
end_stalled() {
  exec >/dev/null 2>&1
  longest=-1
  while sleep 5 && kill -0 "$child"; do
    got=$(length_of "$part")
    [ "$got" -le "$longest" ] || still=0
    longest=$got
    still=$((still + 5))
    [ "$still" -le 60 ] || kill "$child"
  done
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

# explain_failure URL
explain_failure() {
  case $http_status in
    400 | 401 | 403 | 410)
      passing=2
      explain_refusal "$1"
      ;;
    404)
      passing=1
      why="the store does not have it any more (HTTP 404)."
      ;;
    416)
      rm -f "$part"
      why="the store would not go on where the last try ended (HTTP 416)."
      ;;
    [45]??) why="the store answers HTTP $http_status." ;;
    *) explain_broken ;;
  esac
}

# The store says why in the answer's text, which the downloaders leave out.
explain_refusal() {
  case $(refusal "$1" 2>/dev/null) in
    *'<Code>InvalidObjectState<'*)
      passing=1
      why="it is in cold storage (Glacier). Have it thawed there (aws s3api restore-object, for each chunk) before the next run."
      ;;
    *'<Code>ExpiredToken<'*) why="the credentials that signed the URL have expired. Write a new script: $RENEW" ;;
    *'<Code>InvalidAccessKeyId<'*) why="the access key that signed the URL was deleted. Write a new script: $RENEW" ;;
    *'<Code>SignatureDoesNotMatch<'*) why="the store does not take the URL's signature: was the script changed? Write a new one: $RENEW" ;;
    *) if is_alive; then
      why="the store refuses the URL (HTTP $http_status). It has expired with the credentials that signed it, or was revoked. Write a new script: $RENEW"
    else
      why=$(expired)
    fi ;;
  esac
}

# refusal URL: the first bytes of the store's answer.
refusal() {
  case $downloader in
    with_curl) (curl_url "$1" --silent --max-time 20) ;;
    with_gnu_wget) (gnu_wget_url "$1" --timeout=20 --quiet --content-on-error -O -) ;;
  esac | head -c 4096
}

explain_broken() {
  case "$no_space$downloader.$ended $said" in
    yes* | 'with_curl.23 '* | 'with_gnu_wget.3 '*)
      passing=2
      why="it cannot be written to $chunks, whose disk may be full."
      ;;
    'with_curl.33 '*)
      rm -f "$part"
      why="the server cannot go on where the last try ended."
      ;;
    'with_curl.60 '* | 'with_curl.77 '* | 'with_gnu_wget.5 '*)
      passing=2
      why="the store's certificate cannot be trusted ($said). Set this machine's clock, and install its certificates (package ca-certificates)."
      ;;
    'with_curl.1 '* | with_wget.*' not an http '*)
      passing=2
      why="this downloader does not know https ($said). Install curl or wget."
      ;;
    with_nothing*)
      passing=2
      why="it must be fetched, but $said."
      ;;
    *) why="it cannot be fetched ($said)." ;;
  esac
}

# --- One chunk into the tar ---------------------------------------------------

feed_chunk() {
  until pour_chunk "$1"; do
    # The first chunk's passphrase was tried on nothing before, where there are no sums.
    if [ "$index" -gt 1 ] || ! ask_again "$1"; then die_of_gpg "$1"; fi
  done
  [ -n "$sums" ] || return 0
  read -r expected <&6
  [ "$(cat "$scratch/plain-sum")" = "$expected" ] ||
    die "Chunk $index of $COUNT ($1): decrypted, it is not what was archived (SHA-256 differs). Do not trust what was restored."
}

# Fails where gpg does.
pour_chunk() {
  poured=0
  if [ -n "$sums" ]; then
    sha256 <"$scratch/plain" >"$scratch/plain-sum" 5>&- &
    summing=$!
    open_chunk "$1" 5>&- | tee "$scratch/plain" >&5
    poured=$?
    wait "$summing"
  else
    open_chunk "$1" >&5 5>&-
  fi
  read -r ended <"$scratch/gpg.ended"
  decompressed=0
  [ -z "$DECOMPRESSOR" ] || read -r decompressed <"$scratch/decompressor.ended"
  # Version 1 only warns.
  if [ -s "$scratch/gpg.said" ] && [ -z "$accept_unprotected" ]; then
    ! is_unprotected || die_of_gpg "$1"
  fi
  [ "$ended$decompressed$poured" != 000 ] || return 0
  # Where tar has ended, all before it in the pipe fail too, and only because of it.
  is_passphrase_wrong || sleep 1
  [ ! -f "$scratch/tar.ended" ] || die_of_tar
  [ "$ended" -eq 0 ] || is_unread || return 1
  [ "$decompressed" -ne 0 ] || die "tar reads no further (tee ended with $poured)."
  die "Chunk $index of $COUNT ($1): $DECOMPRESSOR cannot decompress it ($(tail -n 1 "$scratch/decompressor.said"))."
}

# Whether gpg, or cat in its place, failed only because the decompressor did not read on.
is_unread() {
  [ "$decompressed" -ne 0 ] || return 1
  case $(cat "$scratch/gpg.said") in '' | *'roken pipe'*) return 0 ;; esac
  return 1
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

decrypt() {
  if [ -z "$SYMMETRIC$RECIPIENTS" ]; then
    cat "$1"
  elif [ -n "$SYMMETRIC" ] && [ -n "$by_key" ]; then
    without_passphrase "$1" | run_gpg '-&7' 7<&0
  else
    run_gpg "$1"
  fi 2>"$scratch/gpg.said"
}

run_gpg() {
  if [ -n "$passphrase" ]; then
    printf '%s\n' "$passphrase" |
      "$gpg" --batch --quiet --no-tty ${loopback:+--pinentry-mode loopback} ${accept_unprotected:+--ignore-mdc-error} \
        --enable-special-filenames --passphrase-fd 0 --decrypt -- "$1"
  else
    "$gpg" --quiet ${accept_unprotected:+--ignore-mdc-error} --enable-special-filenames --decrypt -- "$1"
  fi
}

# A message that a passphrase opens, too: gpg 2.4 asks for that before it looks for a key. So the
# packets that hold the session key under the passphrase (tag 3) are left out.
without_passphrase() {
  head -c 65536 "$1" | "$gpg" --batch --list-only --list-packets 2>/dev/null | {
    at=0
    while read -r _ offset _ tag header body _; do
      case $offset$tag in
        off=*tag=3)
          offset=${offset#off=}
          tail -c +$((at + 1)) "$1" 2>/dev/null | head -c $((offset - at))
          at=$((offset + ${header#hlen=} + ${body#plen=}))
          ;;
      esac
    done
    tail -c +$((at + 1)) "$1"
  }
}

consume() {
  trap - EXIT HUP INT QUIT TERM PIPE
  if [ -n "$callers_locale" ]; then LC_ALL=$callers_locale; else unset LC_ALL; fi
  for member in "$@"; do
    shift
    name_member "$member"
    set -- "$@" "$member"
  done
  case $mode in
    extract) umask "$callers_umask" && extract "$@" ;;
    list) tar -tvf - ${1+--} "$@" ;;
    verify) tar -tf - >/dev/null ;;
    output) if [ "$output" = - ]; then cat; else cat >"$output"; fi ;;
  esac
  ended=$?
  [ "$ended" -ne 1 ] || [ "$tar" != bsd ] || ! has_only_warned || ended=0
  # Some tars stop reading at the end of the archive, before the padding.
  if [ "$ended" -eq 0 ] && [ $(($(LC_ALL=C tr -d '\000' | wc -c))) -gt 0 ]; then
    printf 'it read no further, though there was more\n' >"$scratch/tar.said"
    ended=1
  fi
  [ "$ended" -eq 0 ] || printf '%s\n' "$ended" >"$scratch/tar.ended"
  return "$ended"
}

# name_member NAME: $member is what this tar has to be asked for. In BackupPC's tars all names begin with ./
name_member() {
  case $1 in
    . | ./*) asked_for=$1 ;;
    /*) asked_for=.$1 ;;
    *) asked_for=./$1 ;;
  esac
  member=
  # bsdtar takes it as a pattern.
  [ "$tar" != bsd ] || while :; do
    case $asked_for in *[*?[]*) ;; *) break ;; esac
    before=${asked_for%%[*?[]*}
    behind=${asked_for#"$before"?}
    asked_for=${asked_for#"$before"}
    member="$member$before\\${asked_for%"$behind"}"
    asked_for=$behind
  done
  member=$member$asked_for
}

# Whether bsdtar failed because of nothing but warnings.
has_only_warned() {
  while read -r line; do
    case $line in *'Error exit delayed from previous errors'*) continue ;; esac
    is_warning "$line" || return 1
  done <"$scratch/tar.said"
  : >"$scratch/tar.said"
}

# The names of owners in BackupPC's tar are those of its own server, and this system has others
# again: only their numbers are right. And that tar comes back to a folder after others; GNU tar has set
# the folder's time by then, and the files that follow change it, unless told to wait. Read by 256 KiB,
# it takes half the processor's time that its own 10 KiB take. Extended attributes, such as the
# capabilities of programs, it leaves out unless told; bsdtar does not. Under a clock that is behind, it
# would warn of each file.
extract() {
  case $tar in
    gnu)
      set -- --delay-directory-restore -b 512 --warning=no-timestamp --xattrs '--xattrs-include=*' \
        -C "$target" ${1+--} "$@"
      ;;
    old_gnu) set -- --delay-directory-restore -b 512 -C "$target" ${1+--} "$@" ;;
    *) set -- -C "$target" ${1+--} "$@" ;;
  esac
  [ "$tar" = small ] || set -- --numeric-owner "$@"
  tar -xpf - "$@"
}

# --- Telling ------------------------------------------------------------------

# 3 of 45 chunks, 6 %, 12.3 MB/s, 0:02:17 left
progress() {
  printf 'chunk %s of %s, %s %%, %s/s, %s:%02d:%02d left' "$index" "$COUNT" "$percent" \
    "$(size_of "$rate")" $((left / 3600)) $((left / 60 % 60)) $((left % 60))
}

# From $done_bytes, and the time since $started_at.
estimate() {
  percent=$((STORED_BYTES > 0 ? done_bytes * 100 / STORED_BYTES : 100))
  elapsed=$(($(date +%s) - started_at))
  rate=$((done_bytes / (elapsed > 0 ? elapsed : 1)))
  left=$((rate > 0 ? (STORED_BYTES - done_bytes) / rate : 0))
}

# Better told after a minute than after days.
warn_of_expiry() {
  [ -z "$warned" ] && [ "$elapsed" -ge 60 ] || return 0
  [ $(($(date +%s) - off + left)) -ge "$EXPIRES" ] || return 0
  warned=yes
  say "Warning: at this rate the URLs expire before the end. Try more --jobs; or use --download CHUNKS, and go on with a new script: $RENEW"
}

# On a terminal, the progress is told every second, from what note_progress noted.
start_ticker() {
  [ -n "$live" ] || return 0
  : >"$scratch/progress"
  tick &
  ticker=$!
}

note_progress() {
  [ -z "$ticker" ] || printf '%s\n' "$index $done_bytes $in_flight" >"$scratch/progress"
}

tick() {
  trap - EXIT HUP INT QUIT TERM PIPE
  [ -z "$feeding" ] || exec 5>&-
  while sleep 1 && [ -f "$scratch/progress" ]; do
    read -r index done_bytes in_flight <"$scratch/progress" || continue
    for name in $in_flight; do
      for file in "$chunks/$name" "$chunks/$name.part"; do
        done_bytes=$((done_bytes + $(length_of "$file")))
      done
    done
    estimate
    printf '\r\033[K%s' "$(progress)" >&2
  done
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

die_of_gpg() {
  ! is_passphrase_wrong || die "The passphrase is wrong: gpg cannot decrypt $1 with it."
  ! is_unprotected ||
    die "$1 was encrypted by an old program, without protection against changes. To decrypt it all the same, add --accept-unprotected."
  case $has_key$(cat "$scratch/gpg.said") in
    yes*'o secret key'* | yes*'ancelled'* | yes*'o pinentry'*)
      die "gpg cannot use your secret key for $1: its passphrase was wrong, or nobody could be asked for it (add --passphrase-file FILE)."
      ;;
    *'o secret key'* | *'ecret key not available'*)
      die "gpg has no secret key for $1${RECIPIENTS:+": import one of $RECIPIENTS"}."
      ;;
    *)
      reason="gpg cannot decrypt $1: $(tail -n 1 "$scratch/gpg.said")$(after_gpg "$1")"
      [ "$1" != "$SUMS_NAME" ] ||
        reason="$reason If that does not help, --without-sums restores without that proof of what was archived."
      die "$reason"
      ;;
  esac
}

# What was kept, and is checked by gpg alone, would fail in each further run.
after_gpg() {
  if [ -n "$keep" ] && { [ -z "$DIGESTS" ] || [ "$1" = "$SUMS_NAME" ]; }; then
    printf '%s' " (To have it fetched again, delete $keep/$1.)"
  elif [ -n "$feeding" ]; then
    printf '%s' " ($(next_run))"
  fi
}

die_of_tar() {
  case $mode$output in
    list | output-)
      case $(tars_reason) in
        # Of SIGPIPE, which is 13; ksh counts from 256.
        'it ended with 141' | 'it ended with 269' | *[Bb]'roken pipe'*)
          die "What reads the output has ended, so this has ended, too."
          ;;
      esac
      ;;
  esac
  [ -z "$live" ] || printf '\r\033[K' >&2
  head -n 20 "$scratch/tar.said" >&2
  case $mode in
    output) die "The tar cannot be written to $output: $(tars_reason) ($(next_run))" ;;
    extract) die "tar failed, and what was restored is not whole: $(tars_reason) ($(next_run))" ;;
    *) die "tar failed: $(tars_reason)" ;;
  esac
}

# What tar said first, but for warnings.
tars_reason() {
  while read -r line; do
    is_warning "$line" || break
    line=
  done <"$scratch/tar.said"
  printf '%s' "${line:-it ended with $(cat "$scratch/tar.ended")}"
}

is_warning() {
  case $1 in
    # bsdtar's, of names in no encoding that it knows, or where the locale has none, as it mostly is on a
    # rescue system: it restores them all the same, byte by byte.
    *"can't be converted from UTF-8 to current locale"*) return 0 ;;
    # GNU tar's, of extended attributes that the target cannot have.
    *'etxattrat: Cannot set '*) return 0 ;;
  esac
  return 1
}

# How to go on: for the end of the line that tells why a run ended.
next_run() {
  case $mode$output in
    extract* | output[!-]*) with=", with --force," ;;
    *) with= ;;
  esac
  if [ -n "$keep" ]; then
    printf '%s' "The next run$with takes what is in $keep, and fetches only the rest."
  else
    printf '%s' "The next run$with begins anew; with --download CHUNKS, runs go on where the last one stopped."
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
  [ -z "$claimed" ] || rm -f "$chunks/.in-use"
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
    *)
      # Else the root directory would be taken, or the one that is gone made again.
      [ -d "${PWD-}" ] || die "The current directory is gone: go to another (cd /), or give a name that begins with /."
      printf '%s/%s' "$PWD" "$1"
      ;;
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
