mode=extract
find=
without_index=
by_index=
one_by_one=
largest_opened=0
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
# The chunks that are dealt with: all, or those of members.
COUNT=$ROWS
scratch=
staging=
claimed=
# yes: the reason for which it ends has been said.
explained=
child=
guard=
fetches=
feeding=
ticker=
# The last process started in the background, as soon as its number is noted above.
noted=${!-}
# yes: it may be one that fetches.
forking=
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
tab=$(printf '\t')
# yes: one line of the terminal is written over and over.
live=
[ ! -t 2 ] || [ "${TERM-dumb}" = dumb ] || live=yes
callers_umask=$(umask)

main() {
  trap - EXIT
  forget_functions
  check_shell
  parse_options "$@"
  shift "$used"
  choose_target "$@"
  [ "$mode" != extract ] || shift
  check_members "$@"
  choose_index "$@"
  set_traps

  check_tools "$@"
  check_status
  make_scratch
  if [ -n "$by_index" ]; then plan_index; else plan_batches; fi
  find_downloader
  check_target
  [ -n "$by_index" ] || check_space
  check_clock
  if [ "$mode" = fetch ]; then
    save_chunks
  else
    get_passphrase
    open_data_key
    check_sums
    if [ -n "$by_index" ]; then use_index "$@"; else restore "$@"; fi
  fi
}

set_traps() {
  # A shell that bash has just forked takes TERM by its parent's traps, and would remove what its parent still uses.
  # shellcheck disable=SC3028 # of bash alone; in another shell it is what the caller has exported, and stays the same
  shell_pid=${BASHPID-$$}
  trap 'case ${BASHPID-$$} in "$shell_pid") cleanup ;; esac' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 131' QUIT
  trap 'exit 143' TERM
  trap : PIPE # The reader of the messages may leave: the restore goes on.
  umask 077
}

save_chunks() {
  [ -z "$SUMS_URL" ] || [ -n "$without_sums" ] || fetch_sums
  [ "$INDEX_COUNT" -eq 0 ] || [ -n "$without_index" ] || fetch_index
  lost=0
  each_batch true
  [ "$lost" -eq 0 ] ||
    die "$lost of $COUNT chunks could not be fetched; what was fetched is in $keep, for the next run. The last of them: $reason"
  whole="The whole"
  [ -z "$ONLY" ] || whole="What this script restores"
  say "$whole of backup $NUMBER of $HOST is in $keep. To restore it, with or without the network: sh $self --download CHUNKS DIRECTORY, where CHUNKS is $keep."
}

use_index() {
  open_index
  if [ "$mode" = list ]; then
    list_members "$@"
    return
  fi
  find_members "$@"
  plan_slices
  check_space
  restore_members
}

restore() {
  mkfifo "$scratch/tar" "$scratch/plain" ||
    die "$scratch cannot hold a pipe: set TMPDIR to a directory of a Linux or UNIX disk."
  choose_way
  consume "$@" <"$scratch/tar" &
  open_tar
  [ -z "$plain_sums" ] || exec 6<"$plain_sums"
  each_batch feed_batch
  exec 5>&-
  feeding=
  wait "$consumer" || die_of_consumer
  [ -z "$live" ] || printf '\r\033[K' >&2
  head -n 20 "$scratch/tar.said" >&2
  warn_of_attributes
  case $mode in
    extract) say "Restored backup $NUMBER of $HOST into $target: $(chunks_were)." ;;
    verify) say "Backup $NUMBER of $HOST can be restored: $(chunks_were)." ;;
    list) say "The list of backup $NUMBER of $HOST is whole: $(chunks_were)." ;;
    output) say "The tar of backup $NUMBER of $HOST $(where_tar_is): $(chunks_were)." ;;
  esac
}

where_tar_is() {
  if [ "$output" = - ]; then printf 'went to standard output'; else printf '%s' "is in $output"; fi
}

# As archived; where nobody knows their digests, that is seen by their lengths alone.
chunks_were() {
  if [ "$COUNT" -eq 1 ]; then set -- "the chunk" was "it has"; else set -- "all $COUNT chunks" were "they have"; fi
  if [ -n "$DIGESTS" ]; then printf '%s' "$1 $2 as archived"; else printf '%s' "$1 had the length that $3 in the store"; fi
}

