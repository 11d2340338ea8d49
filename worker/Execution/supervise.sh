#!/bin/sh
# Runs one attempt and writes down how it ended. Outlives the agent that started it; leads the attempt's own session.
# usage: supervise.sh FOLDER BELL NAME WORKDIR COMMAND [ARGUMENT...]
#   FOLDER/pid   this process as /proc shows it: by pid and start time a restarted agent knows it again
#   FOLDER/exit  gets "exit STATUS" or "workdir"; it holds blanks beforehand, so that a full disk can't lose the answer,
#                and only a whole line counts, so that a torn one is none
#   BELL         gets the line NAME afterwards: the agent watches that file
# Built-in commands only, because several hundred of these start every second.
gpusched_folder=$1 gpusched_bell=$2 gpusched_name=$3 gpusched_workdir=$4
shift 4
# Caught, not ignored: signals to the group must not end this shell, and the job starts with each one's default.
trap : HUP INT QUIT USR1 USR2 ALRM TERM URG XCPU IO PWR
read -r gpusched_self <"/proc/$$/stat" && echo "$gpusched_self" >"$gpusched_folder/pid"
if cd "$gpusched_workdir"; then
  unset OLDPWD
  (exec "$@")
  echo "exit $?" 1<>"$gpusched_folder/exit"
else
  echo "workdir" 1<>"$gpusched_folder/exit"
fi
echo "$gpusched_name" >>"$gpusched_bell"
