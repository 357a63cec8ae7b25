package gyre.examples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** An answer that is ready to be sent, but for the date: most are made once and serve every request. */
public final class HttpResponse {
    private static final byte[] NOTHING = {};
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "Connection: keep-alive\r\n".getBytes(US_ASCII);

    final byte[] head;
    final byte[] connection;
    final byte[] body;

    private HttpResponse(byte[] head, byte[] connection, byte[] body) {
        this.head = head;
        this.connection = connection;
        this.body = body;
    }

    /**
     * One with a text.
     *
     * @param status number and reason
     * @param fields further fields, each with its end of line
     * @param text in ASCII
     */
    public static HttpResponse of(String status, String fields, String text) {
        byte[] body = text.getBytes(US_ASCII);
        String head = "HTTP/1.1 " + status + "\r\nServer: gyre\r\nContent-Length: " + body.length + "\r\n" + fields;
        return new HttpResponse(head.getBytes(US_ASCII), NOTHING, body);
    }

    /** One without a body and without further fields. */
    public static HttpResponse empty(String status) {
        return of(status, "", "");
    }

    /** The answer to this request: without its body if only the head was asked for, and saying whether the connection stays. */
    HttpResponse to(HttpRequest request, boolean last) {
        byte[] persistence = last ? CLOSE : request.version11() ? NOTHING : KEEP_ALIVE;
        boolean whole = !request.method().equals("HEAD");
        return whole && persistence == NOTHING ? this : new HttpResponse(head, persistence, whole ? body : NOTHING);
    }
}
