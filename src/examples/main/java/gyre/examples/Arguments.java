package gyre.examples;

import gyre.sys.Backend;
import gyre.sys.Backends;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an example was told on its command line: addresses, and the options that all of them have. */
final class Arguments {
    private static final Pattern PLACE = Pattern.compile("\\[?\\b([A-Z]+)(?:=([^ \\]]+))?]?");
    private static final String BACKENDS = "auto|epoll|kqueue|nio";

    private static final int MOST_THREADS = 1024;

    private final List<SocketAddress> addresses;
    private final List<Integer> numbers;
    private final List<String> switches;
    private final Backend backend;

    private Arguments(List<SocketAddress> addresses, List<Integer> numbers, List<String> switches, Backend backend) {
        this.addresses = addresses;
        this.numbers = numbers;
        this.switches = switches;
        this.backend = backend;
    }

    /**
     * Takes the arguments of {@code main}; from then on what leaves {@code main} is explained by {@link Exit}. Asked for
     * help, it prints that and ends the program.
     *
     * @param synopsis the program's name and its addresses, each as {@code NAME} or {@code [NAME=DEFAULT]}; what is called
     *     {@code N} is a number of threads instead; {@code [--NAME]} is a switch
     * @param purpose what the program does, in a sentence or two
     * @throws UsageException if they can't be what is meant
     */
    static Arguments of(String synopsis, String purpose, String[] args) {
        Exit.explain(synopsis.replaceFirst(" .*", ""));
        for (String arg : args) {
            if (arg.equals("--help") || arg.equals("-h")) {
                System.out.println(help(synopsis, purpose));
                System.exit(0);
            }
        }
        return parse(synopsis, args);
    }

    static Arguments parse(String synopsis, String... args) {
        List<String> given = new ArrayList<>();
        List<String> switches = new ArrayList<>();
        String backend = System.getProperty("gyre.backend", "auto");
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--backend=")) {
                backend = args[i].substring("--backend=".length());
            } else if (args[i].equals("--backend")) {
                if (++i == args.length) {
                    throw new UsageException("--backend needs a name: " + BACKENDS);
                }
                backend = args[i];
            } else if (args[i].startsWith("--") && synopsis.contains("[" + args[i] + "]")) {
                switches.add(args[i]);
            } else if (args[i].startsWith("-")) {
                throw new UsageException("there is no option \"" + args[i] + "\"; --help lists those that there are");
            } else {
                given.add(args[i]);
            }
        }
        List<MatchResult> places = PLACE.matcher(synopsis).results().toList();
        if (given.size() > places.size()) {
            throw new UsageException("there is no place for \"" + given.get(places.size()) + "\": " + synopsis);
        }
        List<SocketAddress> addresses = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String text = i < given.size() ? given.get(i) : places.get(i).group(2);
            if (text == null) {
                throw new UsageException(places.get(i).group(1) + " is missing: " + synopsis);
            }
            if (places.get(i).group(1).equals("N")) {
                numbers.add(number(text));
            } else {
                SocketAddress unix = Address.unix(text);
                addresses.add(unix != null ? unix : Address.parse(text));
            }
        }
        return new Arguments(addresses, numbers, switches, choose(backend));
    }

    private static int number(String text) {
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST_THREADS) {
            throw new UsageException("N is 1 to " + MOST_THREADS + ", not \"" + text + "\"");
        }
        return number;
    }

    static String help(String synopsis, String purpose) {
        List<String> lines = new ArrayList<>();
        lines.addAll(List.of("Usage: scripts/run " + synopsis + " [--backend NAME] [--help]", "", purpose, ""));
        if (synopsis.contains("ADDRESS")
                && !synopsis.contains("=/")) { // else it is a Unix one, which the purpose explains
            lines.add("An address is HOST:PORT, for IPv6 [::1]:8080"
                    + (synopsis.contains("=") ? "; where it listens on port 0 the system chooses one." : "."));
        }
        lines.addAll(List.of(
                "  --backend NAME   " + BACKENDS + ": how the system is asked what is ready;",
                "                   auto, the best that works here, unless -Dgyre.backend says otherwise",
                "  --help           prints this"));
        return String.join("\n", lines);
    }

    private static Backend choose(String name) {
        try {
            return Backends.choose(name);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** The first address. */
    InetSocketAddress address() {
        return address(0);
    }

    InetSocketAddress address(int index) {
        SocketAddress address = addresses.get(index);
        return address instanceof InetSocketAddress inet ? inet : Address.parse(address.toString());
    }

    /** The first address, of whatever kind. */
    SocketAddress anyAddress() {
        return addresses.get(0);
    }

    /** The first address, which has to be a Unix one. */
    SocketAddress unixAddress() {
        if (anyAddress() instanceof InetSocketAddress inet) {
            throw new UsageException("a Unix address is a path, as /tmp/echo or ./echo, or an abstract name, as @echo,"
                    + " not \"" + Address.text(inet) + "\"");
        }
        return anyAddress();
    }

    /** How many threads. */
    int number() {
        return numbers.get(0);
    }

    /** Whether this switch was given. */
    boolean has(String name) {
        return switches.contains(name);
    }

    /** For {@link gyre.reactor.CoreBuilder#backend(Backend)}. */
    Backend backend() {
        return backend;
    }
}
