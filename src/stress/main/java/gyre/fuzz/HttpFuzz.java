package gyre.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.buffer.Buf;
import gyre.examples.http.HttpDecoder;
import gyre.examples.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The web server's parser: however the bytes are cut it reads the same requests, and what it lets through is a request by RFC
 * 9112 that nobody in front of it can have read otherwise: no bare line feed, no folded line, no body, one host.
 */
public final class HttpFuzz {
    private static final int MOST = 8_192 + 2;
    private static final Buf IN = Buf.allocate(16 << 10);

    private HttpFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws Exception {
        Cuts cuts = Cuts.of(data);
        byte[] bytes = data.consumeRemainingAsBytes();
        cuts.check(bytes, 300, HttpFuzz::requests);
    }

    private static List<String> requests(byte[] bytes, int... cuts) {
        List<String> found = new ArrayList<>();
        HttpDecoder decoder = new HttpDecoder();
        Buf in = (bytes.length <= IN.capacity() ? IN : Buf.allocate(bytes.length)).clear();
        boolean refused = false;
        int given = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int end = i < cuts.length ? cuts[i] : bytes.length;
            in.put(bytes, given, end - given);
            given = end;
            while (true) {
                int before = given - in.readable();
                HttpRequest request = decoder.decode(in);
                if (request == null) {
                    break;
                }
                Check.holds(!refused, "a request behind one that was refused");
                found.add(request.toString());
                refused = !request.problem().isEmpty();
                if (!refused) {
                    check(
                            new String(bytes, before, given - in.readable() - before, StandardCharsets.ISO_8859_1),
                            request);
                }
            }
            Check.holds(in.readable() <= MOST, "waits for more with " + in.readable() + " bytes");
        }
        return found;
    }

    /** Written from the RFC, and not from the parser. */
    private static void check(String consumed, HttpRequest request) {
        String head = consumed;
        while (head.startsWith("\r\n")) {
            head = head.substring(2);
        }
        Check.holds(head.endsWith("\r\n\r\n"), "no empty line ends it");
        Check.holds(head.indexOf("\r\n\r\n") == head.length() - 4, "more than one head");
        String[] lines = head.substring(0, head.length() - 4).split("\r\n", -1);
        int hosts = 0;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            Check.holds(line.indexOf('\n') < 0 && line.indexOf('\r') < 0 && line.indexOf('\0') < 0, "line " + i);
            if (i > 0) {
                Check.holds(!line.startsWith(" ") && !line.startsWith("\t"), "a folded line");
                int colon = line.indexOf(':');
                Check.holds(colon > 0 && !line.substring(0, colon).matches(".*\\s.*"), "the name in line " + i);
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                String value = line.substring(colon + 1).strip();
                hosts += name.equals("host") ? 1 : 0;
                Check.holds(!name.equals("transfer-encoding"), "a transfer coding");
                Check.holds(!name.equals("content-length") || value.matches("0+"), "a body of " + value);
            }
        }
        Check.equal(
                request.method() + " " + request.target() + " HTTP/1." + (request.version11() ? 1 : 0),
                lines[0],
                "the request line");
        Check.holds(hosts == 1 || hosts == 0 && !request.version11(), hosts + " hosts");
    }
}
