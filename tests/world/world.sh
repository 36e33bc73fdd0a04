# world.sh: start and stop the test world from a shell test.
#
#   . tests/world/world.sh
#   world_start DIR [--clock TIME] [--no-tls] …    sets WORLD_* (see README.md)
#   world_stop
#
# The world also ends by itself when the shell that started it is gone.

WORLD_HOME=${WORLD_HOME:-${top:-.}/tests/world}

world_start() {
	world_dir=$1
	shift
	${PYTHON:-python3} "$WORLD_HOME/world.py" --run "$world_dir" --daemon --parent $$ "$@" || return
	. "$world_dir/env"
}

world_stop() {
	[ -n "${WORLD_PID:-}" ] || return 0
	kill "$WORLD_PID" 2>/dev/null || :
	# Its pid file goes when the last log line is written; ten seconds at most.
	world_tries=0
	while [ -e "$WORLD_RUN/pid" ] && [ $world_tries -lt 200 ]; do
		sleep 0.05
		world_tries=$((world_tries + 1))
	done
	WORLD_PID=
}
