package gyre.report;

/**
 * What the user has asked for.
 *
 * @param out the file for the page, or with {@code --check} for JMH's words
 */
record Arguments(boolean quick, boolean check, String out) {
    /** @throws IllegalArgumentException if something is not understood; the message says what */
    static Arguments parse(String... args) {
        boolean quick = false;
        boolean check = false;
        String out = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--check" -> check = true;
                case "--out" -> {
                    if (++i == args.length) {
                        throw new IllegalArgumentException("--out needs the name of a file");
                    }
                    out = args[i];
                }
                default -> throw new IllegalArgumentException("\"" + args[i] + "\" is not understood");
            }
        }
        if (check && (quick || out != null)) {
            throw new IllegalArgumentException("--check takes neither --quick nor --out");
        }
        if (out != null && out.endsWith(".json")) {
            throw new IllegalArgumentException("--out is for the page: the JSON goes beside it");
        }
        return new Arguments(
                quick, check, out != null ? out : check ? "jmh/target/check.log" : "jmh/target/report.html");
    }
}
