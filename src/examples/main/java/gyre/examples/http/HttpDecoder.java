package gyre.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gyre.buffer.Buf;
import gyre.io.codec.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Requests out of bytes, one after the other, as RFC 9112 has them. It is strict, since what two parsers read differently is
 * how requests are smuggled: lines end in CR LF, names stand right before their colon, nothing is folded, HTTP/1.1 names
 * its host once, and there is no body. What breaks a rule becomes a request with a {@link HttpRequest#problem}, and is
 * the last one.
 */
public final class HttpDecoder implements Decoder<HttpRequest> {
    private static final String BAD_REQUEST = "400 Bad Request";
    private static final String CONTENT_TOO_LARGE = "413 Content Too Large";
    private static final String FIELDS_TOO_LARGE = "431 Request Header Fields Too Large";
    private static final String NOT_SUPPORTED = "505 HTTP Version Not Supported";

    private static final int MALFORMED = -2;

    private static final int MAX_HEAD = 8192;
    private static final int MAX_FIELDS = 16;

    private int scanned;
    private boolean refused;

    @Override
    public @Nullable HttpRequest decode(Buf in) {
        if (refused) {
            in.skip(in.readable());
            return null;
        }
        while (scanned < 2 && in.readable() >= 2 && in.at(0) == '\r' && in.at(1) == '\n') {
            in.skip(2); // some clients end a body with a line that is not part of it
            scanned = 0;
        }
        int end = headEnd(in);
        if (end == MALFORMED) {
            return refuse(BAD_REQUEST);
        }
        if (end < 0 && in.readable() > MAX_HEAD + 1) {
            return refuse(FIELDS_TOO_LARGE);
        }
        if (end < 0) {
            return null;
        }
        String head = in.text(ISO_8859_1, end);
        in.skip(2);
        scanned = 0;
        HttpRequest request = parse(head);
        refused = !request.problem().isEmpty();
        return request;
    }

    /** What ends in the middle of a request is nobody's mistake: the client has gone. */
    @Override
    public @Nullable HttpRequest decodeEnd(Buf in) {
        HttpRequest request = decode(in);
        if (request == null) {
            in.skip(in.readable());
        }
        return request;
    }

    /**
     * Where the empty line begins, after the CR LF of the last field; goes on where it stopped the last time. What lies behind
     * the bound is not looked at: it may or may not have come.
     */
    private int headEnd(Buf in) {
        for (int at; (at = in.indexOf((byte) '\n', scanned)) >= 0 && at <= MAX_HEAD + 1; scanned = at + 1) {
            if (at == 0 || in.at(at - 1) != '\r') {
                return MALFORMED;
            }
            if (at >= 3 && in.at(at - 2) == '\n') {
                return at - 1;
            }
        }
        scanned = in.readable();
        return -1;
    }

    private HttpRequest refuse(String problem) {
        refused = true;
        return HttpRequest.refused(problem);
    }

    private static HttpRequest parse(String head) {
        int line = head.indexOf("\r\n");
        int method = head.indexOf(' ');
        int target = head.indexOf(' ', method + 1);
        if (method <= 0 || target <= method + 1 || target > line || !isToken(head, 0, method)) {
            return HttpRequest.refused(BAD_REQUEST);
        }
        String version = head.substring(target + 1, line);
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            boolean another = version.matches("HTTP/[0-9]\\.[0-9]");
            return HttpRequest.refused(another ? NOT_SUPPORTED : BAD_REQUEST);
        }
        boolean version11 = version.equals("HTTP/1.1");
        HttpFields fields = new HttpFields(version11);
        String problem = isVisible(head, method + 1, target) ? fields(head, line + 2, fields) : BAD_REQUEST;
        if (!problem.isEmpty()) {
            return HttpRequest.refused(problem);
        }
        String path = head.substring(method + 1, target);
        return new HttpRequest(head.substring(0, method), path, version11, fields.keepAlive(), "");
    }

    private static String fields(String head, int from, HttpFields fields) {
        int count = 0;
        for (int at = from, end; at < head.length(); at = end + 2) {
            end = head.indexOf("\r\n", at);
            int colon = head.indexOf(':', at);
            if (++count > MAX_FIELDS) {
                return FIELDS_TOO_LARGE;
            }
            if (colon <= at || colon > end || !isToken(head, at, colon) || !isText(head, colon + 1, end)) {
                return BAD_REQUEST;
            }
            fields.add(head.substring(at, colon), head.substring(colon + 1, end).strip());
        }
        if (fields.hasBody()) {
            return CONTENT_TOO_LARGE;
        }
        return fields.isValid() ? "" : BAD_REQUEST;
    }

    private static boolean isToken(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return from < to;
    }

    private static boolean isVisible(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static boolean isText(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7F) {
                return false;
            }
        }
        return true;
    }
}
