# --- Where it is restored to --------------------------------------------------

check_target() {
  case $mode in
    extract)
      refuse_running_system
      if [ -e "$target" ] && [ ! -d "$target" ]; then die "This is not a directory: $target."; fi
      (umask "$callers_umask" && mkdir -p "$target") || die "The directory cannot be made: $target."
      [ -w "$target" ] || die "You may not write to $target."
      if [ -n "$(ls -A "$target")" ] && [ -z "$force" ]; then
        die "The directory is not empty: $target. Choose another, or add --force to overwrite what is there."
      fi
      if has_command id && [ "$(id -u)" -ne 0 ]; then
        say "Warning: you are not root, so all files will be yours, and devices cannot be made."
      else
        check_owners
      fi
      ! is_silent ||
        say "Warning: this tar (busybox) leaves out extended attributes, the times of folders, the owners of links, and owners above 16,777,215, as of a Windows domain: root gets their files, setuid programs among them. GNU tar and bsdtar do not."
      ;;
    output)
      if [ "$output" != - ]; then check_output; elif [ -n "$closed_stdout" ]; then
        die "Standard output is closed, and the tar was to go there."
      fi
      ;;
  esac
}

check_output() {
  [ ! -d "$output" ] || die "This is a directory, and the tar needs a file: $output."
  if [ -f "$output" ] && [ -z "$force" ]; then
    die "The file exists: $output. Choose another, or add --force to overwrite it."
  fi
  if [ -b "$output" ] && [ -z "$force" ]; then
    die "This is a disk: $output. Choose a file, or add --force to overwrite all that the disk holds."
  fi
  [ -d "${output%/*}/" ] || die "There is no directory ${output%/*}: make it, or choose another."
  if [ -e "$output" ]; then place=$output; else place=${output%/*}/; fi
  [ -w "$place" ] || die "You may not write to $output."
}

# Programs whose files are replaced while they run break, those that restore among them. So it is with the root of
# another system that runs on this kernel: of the host, in a container; of a container, on its host. A backup of /usr
# alone is such a one, too.
refuse_running_system() {
  for root in / /usr /bin /sbin /lib /lib64 /usr/bin /usr/sbin /usr/lib /usr/lib64 /proc/[0-9]*/root; do
    # shellcheck disable=SC3013 # the shells that the script runs under have it
    [ "$target" -ef "$root" ] 2>/dev/null || continue
    runs="This system runs"
    case $root in
      /proc/*)
        process=${root%/root}
        runs="A system runs (process ${process##*/})"
        ;;
    esac
    die "$runs from $target: replacing its files would break it before all are restored. Start a rescue system (from CD, USB or the network), mount the disk there, for instance on /mnt, and restore into that. For single files, restore into an empty directory and copy them."
  done
}

