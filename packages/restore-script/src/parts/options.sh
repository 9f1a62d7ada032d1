# --- What was asked for -------------------------------------------------------

usage() {
  cat <<USAGE
Restores backup $NUMBER of host $HOST.

  sh $self [options] DIRECTORY [MEMBER...]
      restores everything, or only the members: files, folders with all below, patterns such
      as 'etc/*.conf'; fetches only the chunks that hold them

  --list [MEMBER...]      list the files of the backup, restore nothing; times are in UTC
  --find GLOB             list those whose name matches, such as '*.sql' or 'home/*/.ssh/**'
  --verify                fetch, check and decrypt everything, restore nothing
  --output FILE           write the tar to FILE; - is standard output
  --download CHUNKS       keep the chunks in the directory CHUNKS, and use those that are there;
                          without DIRECTORY, do nothing else
  --passphrase-file FILE  read the passphrase, or that of your secret key if that decrypts the
                          backup, from the first line of FILE; - is standard input
  --ca-file FILE          trust the store's certificate if an authority in FILE (PEM) signed it
  --jobs N                fetch over N connections at once ($jobs)
  --tries N               give up on a chunk after N tries in a row that bring nothing ($tries)
  --force                 restore into a directory that is not empty, or overwrite FILE
  --ignore-space          restore although the disk seems to be too small
  --tar PROGRAM           unpack with this tar, such as bsdtar
  --accept-partial        restore although the archive is not complete
  --without-index         read all chunks to find or list members
  --without-sums          restore although $SUMS_NAME is lost
                          or damaged: what the store returns is then not proven to be the archive
  --accept-unprotected    decrypt although gpg finds no protection against changes, as in
                          archives of old programs

To run it again after a failure, add --force. It fetches everything again, unless it was
given --download CHUNKS: then it uses the chunks that were fetched before.
Temporary files, at most $(size_of "$(scratch_bytes)"), go into \$TMPDIR or /tmp.
The URLs in this script work until $EXPIRES_TEXT.
If they must go through a proxy, set http_proxy or https_proxy; .curlrc and .wgetrc are not read.
Exit status: 0 all was fetched, checked and restored; 1 something failed; 2 wrong usage.
USAGE
}

# Counts in $used the arguments that it took.
parse_options() {
  used=0
  while [ "$#" -gt 0 ]; do
    case $1 in
      --list | --verify) set_mode "${1#--}" ;;
      --force) force=yes ;;
      --ignore-space) ignore_space=yes ;;
      --accept-partial) accept_partial=yes ;;
      --accept-unprotected) accept_unprotected=yes ;;
      --without-sums) without_sums=yes ;;
      --without-index) without_index=yes ;;
      -h | --help)
        usage
        exit
        ;;
      --output | --find | --download | --passphrase-file | --ca-file | --tar | --jobs | --tries)
        [ "$#" -gt 1 ] || misused "$1 needs a value."
        set_option "$1" "$2"
        shift
        used=$((used + 1))
        ;;
      --*=*) set_option "${1%%=*}" "${1#*=}" ;;
      --)
        used=$((used + 1))
        break
        ;;
      -?*) misused "There is no option $1." ;;
      *) break ;;
    esac
    shift
    used=$((used + 1))
  done
}

set_mode() {
  [ "$mode" = extract ] || [ "$mode" = "$1" ] || misused "--$mode and --$1 cannot be used together."
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
    --find)
      set_mode list
      find=$2
      ;;
    --download) keep=$(absolute "$2") || exit ;;
    --passphrase-file) passphrase_file=$2 ;;
    --tar) tar_command=$2 ;;
    --ca-file) ca_file=$(absolute "$2") || exit ;;
    --jobs | --tries)
      case $2 in
        '' | 0* | *[!0-9]* | ????*) misused "$1 must be a number from 1 to 999, not $2." ;;
      esac
      if [ "$1" = --jobs ]; then jobs=$2; else tries=$2; fi
      ;;
    *) misused "There is no option $1 with a value." ;;
  esac
}

choose_target() {
  if [ "$mode" = extract ] && [ "$#" -eq 0 ] && [ -n "$keep" ]; then mode=fetch; fi
  case $mode in
    extract)
      # A variable that is not set must not stand for the current directory.
      [ -n "${1-}" ] || misused "No directory to restore into was given."
      target=$(absolute "$1") || exit
      ;;
    list)
      [ -z "$find" ] || [ "$#" -eq 0 ] || misused "--find takes one GLOB and no members: $1."
      ;;
    verify | output)
      [ "$#" -eq 0 ] || misused "--$mode restores nothing, so it takes neither a directory nor members: $1."
      ;;
  esac
}

check_members() {
  for member in "$@"; do
    case $member in
      '') misused "A member has no name." ;;
      -*) misused "Options stand before the directory: $member." ;;
    esac
  done
}

