# --- Certificates -------------------------------------------------------------

# explain_tls URL: fails where it is not the certificate, or what goes with it, that is wrong.
explain_tls() {
  case $1 in https:*) ;; *) return 1 ;; esac
  # busybox wget has openssl check the certificate, and does not show what it says. Where openssl has ended before wget
  # writes to it, a signal ends wget, which says nothing; ksh counts signals from 256.
  case $downloader.$ended.$heard in
    with_wget.141.* | with_wget.269.* | with_wget.*'onnection reset'* | with_wget.*'error getting response'*) ask_openssl "$1" ;;
  esac
  today=$(date -u '+%Y-%m-%d %H:%M UTC')
  case $downloader.$ended.$heard in
    *'not yet valid'* | *'not yet activated'* | *'not activated'* | *BADCERT_FUTURE*)
      why="the store's certificate is not valid yet, by the clock of this machine, which shows $today ($said). If that is wrong, set it: date -s 'YYYY-MM-DD HH:MM'."
      ;;
    *'has expired'* | *'expiration date has passed'* | *BADCERT_EXPIRED*)
      why="the store's certificate has expired, by the clock of this machine, which shows $today ($said). If that is wrong, set it: date -s 'YYYY-MM-DD HH:MM'. If it is right, the store needs a new certificate."
      ;;
    *'does not match'* | *"doesn't match"* | *'name matches'* | *'ostname mismatch'* | *'address mismatch'* | *BADCERT_CN_MISMATCH*)
      why="the certificate is that of another server than $(host_of "$1") ($said): the URL has another name for the store than its certificate, or something between here and the store answers in its place. Try another network; if that does not help, give the store's own name as endpoint in the configuration, and write a new script: $RENEW"
      ;;
    *elf-signed* | *'elf signed'* | *'local issuer'* | *'locally verify'* | *'known issuer'* | *'not trusted'* | *'verification failed'* | *BADCERT_NOT_TRUSTED* | *'issuer certificate'*)
      why="no authority that this machine knows has signed the store's certificate ($said). Install the authorities (package ca-certificates), and check the clock, which shows $today. If the store has an authority of its own, add --ca-file FILE."
      ;;
    with_curl.77.*) why="the authorities of this machine cannot be read ($said). Install them (package ca-certificates), or add --ca-file FILE." ;;
    with_curl.60.* | with_curl.51.* | with_gnu_wget.5.*) why="the store's certificate cannot be trusted ($said). Check the clock, which shows $today, and install the authorities (package ca-certificates)." ;;
    *'unrecognized name'* | *'received alert [112]'*)
      why="the server that answers does not know the name $(host_of "$1") ($said): the store has another name, or something between here and the store answers in its place. Try another network; if that does not help, give the store's own name as endpoint in the configuration, and write a new script: $RENEW"
      ;;
    *'alert access denied'* | *'alert certificate required'* | *'alert bad certificate'* | *'alert unknown ca'* | *'received alert [4'[2-9]']'* | *'received alert [116]'*)
      why="the store, or what answers in its place, refuses this machine ($said), as a server does that wants a certificate of its users. Use another network, or an endpoint that the URLs alone are enough for: $RENEW"
      ;;
    *'handshake failure'* | *'received alert [40]'* | *'nsufficient security'* | *'wrong version number'* | *'unsupported protocol'* | *'protocol version'* | *'unexpected TLS packet'*)
      why="this downloader and the store, or what answers in its place, have no TLS in common ($said). Install a newer curl; if it is a network that wants you to log in first, do so with a browser."
      ;;
    *) return 1 ;;
  esac
  passing=2
}

host_of() {
  host=${1#*://}
  host=${host%%/*}
  printf '%s' "${host##*@}"
}

# ask_openssl URL: why it does not trust the store goes into $heard and $said.
ask_openssl() {
  has_command openssl || return 0
  place=$(host_of "$1")
  name=${place%:*}
  case $place in *:*) ;; *) place=$place:443 ;; esac
  case $name in *[!0-9.]*) kind_of_name=hostname ;; *) kind_of_name=ip ;; esac
  openssl s_client -connect "$place" -servername "$name" -verify 100 -verify_return_error \
    "-verify_$kind_of_name" "$name" </dev/null >"$scratch/tls" 2>&1 &
  note_child
  kept_ended=$ended
  end_after 20 &
  note_guard
  wait_for_child
  ended=$kept_ended
  while read -r line; do
    case $line in
      *'verify error:'*)
        said=${line#*verify error:}
        heard="$heard $said"
        return 0
        ;;
      *':SSL routines:'*) heard="$heard $line" ;;
    esac
  done <"$scratch/tls"
}

# warn_of_no_tls URL: without openssl, busybox wget encrypts, but takes any certificate for the store's. To http_proxy it
# sends in the clear even what is asked for by https.
warn_of_no_tls() {
  case $downloader.$1 in with_wget.https:*) ;; *) return 0 ;; esac
  ! is_proxy_unused "$1" || say "Warning: this wget does not use https_proxy, and goes to the store itself. If it does not get there, install curl."
  visible="the URLs, and with them the encrypted chunks"
  [ -n "$PASSPHRASE$RECIPIENTS" ] || visible="the URLs and all files"
  if [ -n "${http_proxy-}" ]; then
    say "Warning: this wget speaks to the proxy without TLS: someone between here and the proxy could read $visible. Install curl."
    return 0
  fi
  case $(cat "$scratch/answer") in
    *'validation not implemented'*) ;;
    *) ! has_command openssl || return 0 ;;
  esac
  say "Warning: this wget does not check the store's certificate: someone between here and the store could read $visible. Install curl, or openssl."
}

