"""The tools, each from its own registry, set up while other things go on.

    kit = Kit()              # everything starts to install itself
    kit.ready("gowarc")      # waits; False when it cannot be had
    kit.why("gowarc")        # the last line that its installer said

What pip and npm bring has no skip: without it nothing is proven.
"""

import os
import pathlib
import shutil
import signal
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
HOME = pathlib.Path(os.environ["INTEROP_HOME"])

# name: (what it is made of, what must be there, script run in HOME).
TOOLS = {
    "pip": ("requirements.txt", "venv/bin/pip",
            '"$home/venv/bin/pip" install --quiet --disable-pip-version-check -r "$from"'),
    "npm": ("npm/package.json", "npm",
            'rm -rf npm && mkdir npm && cp "$from" npm/ &&'
            ' npm install --prefix npm --silent --no-audit --no-fund'),
    # As a dependency it brings Electron along, which is fetched from elsewhere.
    "replayweb": ("npm/replayweb.txt", "npm",
                  'rm -rf replayweb && mkdir replayweb && cd replayweb &&'
                  ' npm pack --silent "$(cat "$from")" && tar -xzf *.tgz'),
    "gowarc": ("gowarc/main.go", "go", 'go build -C "$(dirname "$from")" -o "$home/gowarc" .'),
    "java": ("java/pom.xml", "mvn",
             'rm -rf jars && mvn --quiet --batch-mode -f "$from" dependency:copy-dependencies'
             ' "-DoutputDirectory=$home/jars"'),
}
MOST_SECONDS = 900


class Kit:
    def __init__(self):
        self.jobs = {name: self.start(name) for name in TOOLS}

    def start(self, name):
        """None when it is there already."""
        made_of, command, script = TOOLS[name]
        text = (HERE / made_of).read_bytes()
        mark = HOME / (name + ".done")
        if mark.exists() and mark.read_bytes() == text:
            return None
        mark.unlink(missing_ok=True)
        log = open(HOME / (name + ".log"), "w")
        if not shutil.which(HOME / command if "/" in command else command):
            log.write(f"there is no {command}\n")
            return subprocess.Popen(["false"])
        env = {**os.environ, "home": str(HOME), "from": str(HERE / made_of)}
        return subprocess.Popen(["sh", "-c", script], cwd=HOME, env=env, stdout=log, stderr=log,
                                start_new_session=True)

    def ready(self, name):
        job = self.jobs[name]
        if job is None:
            return True
        try:
            done = job.wait(MOST_SECONDS) == 0
        except subprocess.TimeoutExpired:
            self.end(job)
            done = False
        if done:
            self.jobs[name] = None
            (HOME / (name + ".done")).write_bytes((HERE / TOOLS[name][0]).read_bytes())
        return done

    def why(self, name):
        lines = (HOME / (name + ".log")).read_text(errors="replace").split("\n")
        return "not installed: " + next((s for s in reversed(lines) if s.strip()), "no reason")[:200]

    def close(self):
        """Ends what still installs itself."""
        for job in self.jobs.values():
            if job and job.poll() is None:
                self.end(job)

    @staticmethod
    def end(job):
        os.killpg(job.pid, signal.SIGTERM)
        job.wait()
