mode=extract
target=
output=
keep=
passphrase_file=
ca_file=
jobs=1
tries=20
force=
ignore_space=
tar_command=tar
tar=
accept_partial=
without_sums=
accept_unprotected=

self=${0##*/}
scratch=
claimed=
child=
fetches=
feeding=
ticker=
warned=
terminal=
asked=
# What decrypts the archive, and what decrypts its chunks.
passphrase=
secret=
# How: by passphrase or by key; and yes, once it is known to be right.
kind=passphrase
opened=
# yes: a secret key of the caller's decrypts the archive, not its passphrase.
by_key=
# yes: the list of chunks is known to be that of the archive.
proven=
# This clock minus the store's, in seconds.
off=0
# yes: one line of the terminal is written over and over.
live=
[ ! -t 2 ] || [ "${TERM-dumb}" = dumb ] || live=yes
callers_umask=$(umask)

main() {
  trap - EXIT
  check_shell
  forget_functions
  parse_options "$@"
  shift "$used"
  choose_target "$@"
  [ "$mode" != extract ] || shift
  check_members "$@"
  set_traps

  check_tools "$@"
  check_status
  make_scratch
  plan_batches
  find_downloader
  check_target
  check_space
  check_clock
  if [ "$mode" = fetch ]; then
    save_chunks
  else
    get_passphrase
    open_data_key
    check_sums
    restore "$@"
  fi
}

set_traps() {
  trap cleanup EXIT
  trap 'interrupted 129' HUP
  trap 'interrupted 130' INT
  trap 'interrupted 131' QUIT
  trap 'interrupted 143' TERM
  trap : PIPE # The reader of the messages may leave: the restore goes on.
  umask 077
}

save_chunks() {
  [ -z "$SUMS_URL" ] || [ -n "$without_sums" ] || fetch_sums
  lost=0
  each_batch true
  [ "$lost" -eq 0 ] ||
    die "$lost of $COUNT chunks could not be fetched; the others are in $keep, for the next run. The last of them: $reason"
  say "All $COUNT chunks are in $keep. To restore them, with or without the network: sh $self --download CHUNKS DIRECTORY, where CHUNKS is $keep."
}

restore() {
  mkfifo "$scratch/tar" "$scratch/plain" ||
    die "$scratch cannot hold a pipe: set TMPDIR to a directory of a Linux or UNIX disk."
  choose_way
  consume "$@" <"$scratch/tar" &
  consumer=$!
  exec 5>"$scratch/tar"
  feeding=yes
  [ -z "$plain_sums" ] || exec 6<"$plain_sums"
  each_batch feed_batch
  exec 5>&-
  feeding=
  wait "$consumer" || die_of_consumer
  [ -z "$live" ] || printf '\r\033[K' >&2
  head -n 20 "$scratch/tar.said" >&2
  were="were as archived"
  [ -n "$DIGESTS" ] || were="had the length that they have in the store"
  ! has_left_attributes || say "Warning: extended attributes, or access lists, of the files that tar names are not restored: the disk cannot have them, or you may not set them."
  case $mode in
    extract) say "Restored backup $NUMBER of $HOST into $target: all $COUNT chunks $were." ;;
    verify) say "All $COUNT chunks of backup $NUMBER of $HOST $were, and can be restored." ;;
  esac
}

