#!/bin/sh
# macOS's `security` as far as we use it: `fake-security.sh FOLDER ARGUMENTS…`. Passwords are files in the folder.
folder=$1
shift
printf '%s\n' "$*" >>"$folder/arguments"

# do_it COMMAND [-s SERVICE] [-a ACCOUNT] [-w [PASSWORD]] …
do_it() {
  command=$1
  account=
  password=
  shift
  while [ $# -gt 0 ]; do
    case $1 in
    -a) account=$2 && shift ;;
    -w) [ "$command" = add-generic-password ] && password=$2 && shift ;;
    esac
    shift
  done
  item="$folder/item-$account"
  if [ "$command" = add-generic-password ]; then
    # Old or new, never half, as a keychain's database keeps it.
    printf '%s\n' "$password" >"$item.$$" && mv "$item.$$" "$item"
    return
  fi
  # errSecItemNotFound
  [ -e "$item" ] || return 44
  case $command in
  find-generic-password) cat "$item" ;;
  delete-generic-password) rm "$item" ;;
  esac
}

if [ "$1" = -i ]; then
  # It exits 0 whatever happens.
  while read -r line; do eval "do_it $line"; done
  exit 0
fi
do_it "$@"
