package gyre.examples.http;

import java.util.Locale;

/** What the fields of one request say that matters here. */
final class HttpFields {
    private final boolean version11;
    private boolean keepAlive;
    private boolean close;
    private boolean body;
    private boolean valid = true;
    private int hosts;
    private int lengths;

    HttpFields(boolean version11) {
        this.version11 = version11;
    }

    void add(String name, String value) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "connection" -> {
                for (String option : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                    close |= option.strip().equals("close");
                    keepAlive |= option.strip().equals("keep-alive");
                }
            }
            case "content-length" -> {
                valid &= ++lengths == 1 && value.matches("[0-9]{1,18}");
                body |= !value.matches("0+");
            }
            case "transfer-encoding" -> body = true;
            case "host" -> hosts++;
            default -> {}
        }
    }

    boolean keepAlive() {
        return !close && (version11 || keepAlive);
    }

    boolean hasBody() {
        return body && valid;
    }

    boolean isValid() {
        return valid && (hosts == 1 || !version11 && hosts == 0);
    }
}
