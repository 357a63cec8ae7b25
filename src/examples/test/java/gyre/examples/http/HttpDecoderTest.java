package gyre.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import gyre.buffer.Buf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDecoderTest {
    private static final String THREE = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n\r\n"
            + "HEAD /b?c=d HTTP/1.1\r\nhost:y\r\nConnection: x, Close\r\n\r\n"
            + "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n";

    @Test
    void requestsAreTheSameHoweverTheyAreCut() {
        List<HttpRequest> expected = List.of(
                new HttpRequest("GET", "/a", true, true, ""),
                new HttpRequest("HEAD", "/b?c=d", true, false, ""),
                new HttpRequest("GET", "/", false, true, ""));
        for (int first = 0; first <= THREE.length(); first++) {
            for (int second = first; second <= THREE.length(); second++) {
                assertEquals(
                        expected,
                        decoded(THREE.substring(0, first), THREE.substring(first, second), THREE.substring(second)));
            }
        }
        assertEquals(expected, decoded(THREE.split("")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n", // no host
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\n\n",
                "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: no name\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 00\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\u0000\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
                "GET /\r\nHost: a\r\n\r\n",
                "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
                " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/11\r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "\u0016\u0003\u0001\n\r\n",
            })
    void malformedRequestsAreRefused(String request) {
        assertEquals(List.of(HttpRequest.refused("400 Bad Request")), decoded(request));
        assertEquals(List.of(HttpRequest.refused("400 Bad Request")), decoded(request.split("")));
    }

    @Test
    void whatIsNotServedIsNamed() {
        assertRefused("505 HTTP Version Not Supported", "GET / HTTP/2.0\r\nHost: a\r\n\r\n");
        assertRefused("413 Content Too Large", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        assertRefused(
                "413 Content Too Large", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    @Test
    void fieldsAreBounded() {
        String start = "GET / HTTP/1.1\r\nHost: a\r\n";
        assertEquals("", decoded(start + "a: b\r\n".repeat(15) + "\r\n").get(0).problem());
        assertRefused("431 Request Header Fields Too Large", start + "a: b\r\n".repeat(16) + "\r\n");
        assertRefused("431 Request Header Fields Too Large", start + "a: " + "b".repeat(9000) + "\r\n\r\n");
        assertRefused("431 Request Header Fields Too Large", "a".repeat(8194)); // an endless line needs no end
    }

    /** At the bound, too, where what comes first may be the bound or a mistake behind it. */
    @Test
    void theBoundDoesNotDependOnTheCuts() {
        String longest = "GET / HTTP/1.1\r\nHost: x\r\na: ";
        longest += "b".repeat(8190 - longest.length()) + "\r\n\r\n";
        String beyond = "a".repeat(8500) + "\n" + "a".repeat(499);
        for (String bytes : List.of(longest, "x" + longest, beyond)) {
            List<HttpRequest> whole = decoded(bytes);
            assertEquals(1, whole.size());
            for (int cut : new int[] {100, 8190, 8191, 8192, 8193, 8194}) {
                assertEquals(whole, decoded(bytes.substring(0, cut), bytes.substring(cut)), "cut at " + cut);
            }
        }
        assertEquals("", decoded(longest).get(0).problem());
    }

    @Test
    void nothingIsReadAfterARefusal() {
        assertEquals(1, decoded("nonsense\n" + THREE).size());
        assertEquals(
                2,
                decoded("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\n", THREE)
                        .size());
    }

    @Test
    void aRequestThatIsCutOffByTheEndIsNone() {
        HttpDecoder decoder = new HttpDecoder();
        Buf in = Buf.copyOf("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT");
        assertNotNull(decoder.decodeEnd(in));
        assertNull(decoder.decodeEnd(in));
        assertEquals(0, in.readable());
    }

    private static void assertRefused(String problem, String request) {
        assertEquals(List.of(HttpRequest.refused(problem)), decoded(request));
    }

    private static List<HttpRequest> decoded(String... pieces) {
        HttpDecoder decoder = new HttpDecoder();
        Buf in = Buf.allocate(1 << 16);
        List<HttpRequest> requests = new ArrayList<>();
        for (String piece : pieces) {
            in.put(piece.getBytes(ISO_8859_1));
            for (HttpRequest request; (request = decoder.decode(in)) != null; ) {
                requests.add(request);
            }
        }
        return requests;
    }
}
