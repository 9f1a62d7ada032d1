# --- Small things -------------------------------------------------------------

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
      # Otherwise the root directory would be taken, or the one that is gone made again.
      case ${PWD-} in /*) [ -d "$PWD" ] ;; *) false ;; esac || die "The current directory is gone: go to another (cd /), or give a name that begins with /."
      printf '%s/%s' "$PWD" "$1"
      ;;
  esac
}

length_of() {
  if [ -f "$1" ]; then printf '%s' $(($(wc -c <"$1"))); else printf 0; fi
}

# digest <FILE: its SHA-256
digest() {
  digest_lines | cut -c 1-64
}

# digest_lines FILE...: a line each, which begins with its SHA-256
digest_lines() {
  case $digester in
    sha256sum) sha256sum "$@" ;;
    shasum) shasum -a 256 "$@" ;;
    openssl) openssl dgst -sha256 -r "$@" ;;
  esac
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

