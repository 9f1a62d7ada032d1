# --- curl or wget -------------------------------------------------------------

# Where all chunks are there, none is needed.
find_downloader() {
  fail_early=
  prefer=
  if has_command curl; then
    downloader=with_curl
    ! knows_fail_early || fail_early=--fail-early
  elif has_command wget; then
    find_kind_of_wget
  elif [ "$missing" -gt 0 ]; then
    die "Neither curl nor wget was found: one of them must fetch the chunks."
  else
    downloader=with_nothing
  fi
  [ -z "$ca_file" ] || trust_authority
}

find_kind_of_wget() {
  downloader=with_wget
  # The wget of busybox knows fewer options, and not the same ones everywhere.
  case $(wget --version 2>&1) in
    *[Ww]get2*)
      downloader=with_nothing
      [ "$missing" -eq 0 ] || die "This wget is wget2, which does not read the URLs as the script must give them: install curl."
      ;;
    *GNU*+ipv6*)
      downloader=with_gnu_wget
      # It would wait for an IPv6 that is dead at each chunk.
      prefer=--prefer-family=IPv4
      ;;
    *GNU*) downloader=with_gnu_wget ;;
  esac
  : >"$scratch/wgetrc"
}

# curl and openssl, which busybox wget runs, read it from the environment, GNU wget from its settings.
trust_authority() {
  [ -r "$ca_file" ] || die "The file of --ca-file cannot be read: $ca_file."
  CURL_CA_BUNDLE=$ca_file
  SSL_CERT_FILE=$ca_file
  export CURL_CA_BUNDLE SSL_CERT_FILE
  [ "$downloader" != with_gnu_wget ] || printf 'ca_certificate = %s\n' "$ca_file" >"$scratch/wgetrc"
}

# Since 7.52; older ones go on with the next chunk after one that failed.
knows_fail_early() {
  read -r _ version _ <<VERSION
$(curl --version 2>/dev/null)
VERSION
  case $version in
    [0-6].* | 7.[0-9].* | 7.[1-4][0-9].* | 7.5[01].*) return 1 ;;
  esac
}

