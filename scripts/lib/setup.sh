# Sourced by the scripts: finds or installs what they need, and builds what has changed.
# Progress goes to standard error, so that standard output belongs to the program that is run.

say() { printf 'gyre: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# The major version of the JDK in a folder, or 0.
jdk_version() {
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || true
  echo "${version:-0}"
}

# Prints the first folder that holds a JDK of at least version $1.
find_jdk() {
  local home javac
  javac=$(command -v javac) && javac=$(readlink -f "$javac") || javac=
  for home in "${JAVA_HOME:-}" "${javac%/bin/javac}" /usr/lib/jvm/*; do
    if [[ -n $home && -x $home/bin/javac && $(jdk_version "$home") -ge $1 ]]; then
      echo "$home"
      return
    fi
  done
  return 1
}

# Whether a command is there, and is what is meant: Debian's gcc may come without the headers of C, and nc be another one.
has() {
  case $1 in
    gcc) gcc -E -x c - <<<'#include <stdio.h>' >/dev/null 2>&1 ;;
    nc) [[ $(nc -h 2>&1) == *-N* ]] ;;
    *) [[ -n $(command -v "$1") ]] ;;
  esac
}

# need COMMAND...: sets JAVA_HOME, and makes sure that Maven and the commands are there.
need() {
  local packages=() command
  [[ -z ${JAVA_HOME:-} || -x $JAVA_HOME/bin/javac ]] || die "JAVA_HOME is $JAVA_HOME, and there is no JDK."
  find_jdk 17 >/dev/null || packages+=(openjdk-17-jdk-headless)
  for command in mvn "$@"; do
    has "$command" && continue
    case $command in
      mvn) packages+=(maven) ;;
      gcc) packages+=(gcc libc6-dev) ;;
      nc) packages+=(netcat-openbsd) ;;
      aarch64-linux-gnu-objdump) packages+=(binutils-aarch64-linux-gnu) ;;
      *) packages+=("$command") ;;
    esac
  done
  if ((${#packages[@]})); then
    install_packages "${packages[@]}"
  fi
  JAVA_HOME=$(find_jdk 17) || die "There is no JDK 17 or newer; install one and set JAVA_HOME to it."
  export JAVA_HOME
}

install_packages() {
  if [[ $(id -u) != 0 || -z $(command -v apt-get) ]]; then
    die "Please install these Debian packages, or what they are called on your system: $*"
  fi
  say "installing $*"
  local apt=(apt-get -qq -o DPkg::Lock::Timeout=300) packages=("$@")
  {
    DEBIAN_FRONTEND=noninteractive "${apt[@]}" update &&
      if [[ $1 == openjdk-17-jdk-headless && -z $(apt-cache -q madison "$1") ]]; then
        packages[0]=default-jdk-headless # since Debian 13
      fi &&
      DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --no-install-recommends -y "${packages[@]}"
  } </dev/null >&2 || die "Debian's packages cannot be had; please install them by hand: $*"
}

# changed STAMP PATH...: whether something under the paths is newer than the stamp.
changed() {
  local stamp=$1
  shift
  [[ ! -e $stamp || -n $(find "$@" -name target -prune -o -newer "$stamp" -print -quit 2>/dev/null) ]]
}

# build MODULE SOURCE...: packages a module and what it depends on, if one of the sources has changed.
build() {
  local module=$1 stamp=$1/target/.built
  shift
  changed "$stamp" pom.xml .mvn native-bindings/pom.xml native-bindings/main src/pom.xml src/main "$@" || return 0
  mkdir -p "$module/target" native-bindings/target
  (
    # Two scripts at a time build once, one after the other: their modules share those below.
    if [[ -n $(command -v flock) ]]; then
      flock 9
      changed "$stamp" pom.xml .mvn native-bindings/pom.xml native-bindings/main src/pom.xml src/main "$@" || exit 0
    fi
    say "building $module"
    touch "$stamp.new"
    MAVEN_OPTS="-Dorg.slf4j.simpleLogger.defaultLogLevel=warn ${MAVEN_OPTS:-}" mvn -B -ntp package \
      -pl "$module" -am -Dmaven.test.skip=true -Denforcer.skip=true >"$stamp.log" 2>&1 || {
      cat "$stamp.log" >&2
      die "The build failed; what Maven says is above."
    }
    mv "$stamp.new" "$stamp"
  ) 9>native-bindings/target/.lock || exit 1
}

# provide_kqueue FOLDER: sets kqueue to the option by which a JVM finds the tests' emulation, which it builds there: Linux has
# no kqueue.
provide_kqueue() {
  [[ $(uname) == Linux ]] || return 0
  need gcc
  local library=$PWD/$1/libkqueue.so
  if changed "$library" src/test/c/kqueue.c src/test/c/kqueue.h; then
    mkdir -p "$1"
    gcc -O2 -shared -fPIC -pthread -o "$library.$$" src/test/c/kqueue.c && mv "$library.$$" "$library" ||
      die "The emulation of kqueue cannot be built; what gcc says is above."
  fi
  kqueue=("-Dgyre.kqueue.library=$library")
}
