#!/bin/sh
# Stands in for ssh: runs on this machine what it is asked to run on another.
while [ $# -gt 0 ]; do
  case $1 in
    -l) shift 2 ;;
    -*) shift ;;
    *) shift; break ;; # the host's name
  esac
done
exec "$@"
