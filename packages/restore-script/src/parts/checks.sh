# --- Before anything is fetched -----------------------------------------------

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

# Functions that bash has exported would run in place of the programs.
forget_functions() {
  for command in $DECOMPRESSOR '[' cd chpwd command awk cat curl cut date df gpg gpg1 gpg2 head id igzip kill ln ls mkdir mkfifo mktemp mv openssl \
    pigz printf read rm rmdir sha256sum shasum sleep stty tail tar tee tr tty wait wc wget \
    bsdtar chmod chown du fold gzip touch; do
    unset -f "$command" 2>/dev/null
  done
  # What zsh runs after each cd.
  unset chpwd_functions
}

check_tools() {
  for command in awk cat cut date df head ln ls mkdir mkfifo mktemp mv rm sleep tail tee tr wc; do
    need_command "$command" "one of the usual small tools of a system"
  done
  [ "$by_index$mode" != yesextract ] || for command in chmod chown fold touch; do
    need_command "$command" "to restore members"
  done
  find_digester
  [ "$mode" != fetch ] || return 0
  case $mode$by_index in output | listyes) ;; *) find_tar "$@" ;; esac
  find_decompressor
  [ -z "$by_index" ] || find_gunzip
  [ -z "$PASSPHRASE$RECIPIENTS" ] || find_gpg
}

# openssl comes first: it is five times as fast as a sha256sum without the processor's help.
find_digester() {
  for digester in openssl sha256sum shasum; do
    case $(: | digest 2>/dev/null) in e3b0c44298fc1c149afb*) return 0 ;; esac
  done
  die "None of openssl, sha256sum and shasum was found: one of them must check the chunks."
}

# igzip is nearly four times as fast as gzip.
find_decompressor() {
  decompressor=$DECOMPRESSOR
  [ "$decompressor" != gzip ] || for decompressor in igzip pigz gzip; do
    ! has_command "$decompressor" || break
  done
  [ -z "$decompressor" ] || need_command "$decompressor" "to decompress the chunks"
}

# Of the member index, however the chunks are compressed.
find_gunzip() {
  for gunzip in igzip pigz gzip; do
    ! has_command "$gunzip" || break
  done
  need_command "$gunzip" "to decompress the member index"
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
  # Version 1 reads it from the file descriptor anyway.
  case $("$gpg" --version 2>/dev/null | head -n 1) in
    *' 1.'*) loopback= ;;
    *) loopback=yes ;;
  esac
  # A printf that is a program of its own would show the passphrase to everyone who lists processes.
  case $(command -V printf 2>/dev/null) in
    *builtin* | *built-in*) ;;
    *) die "This shell has no printf of its own: run the script with dash, bash or busybox sh." ;;
  esac
}

check_status() {
  if [ -z "$DIGESTS" ]; then
    warn_unchecked
  elif [ -z "$SIGNER" ]; then
    say "Warning: no trusted signature of this archive was verified when this script was written. Whoever can write to the store may have made it: see the line 'verified' in the script's head."
  fi
  check_complete
  if [ -n "$ATTEMPT" ] && [ -z "$SUMS_URL$without_sums" ] && [ "$mode" != fetch ]; then
    die "This archive has no $SUMS_NAME, so it is damaged or forged. To restore it without that proof of what was archived, add --without-sums."
  fi
}

check_complete() {
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

# The legacy archives.
warn_unchecked() {
  case $PASSPHRASE$RECIPIENTS in
    '') unseen="bytes that the store has changed" ;;
    *) unseen="a chunk in another's place, if it was encrypted with the same passphrase" ;;
  esac
  say "Warning: this archive was stored without SHA-256 sums: of its chunks only the lengths can be checked, and what gpg and tar find wrong. Nothing would show $unseen."
}

