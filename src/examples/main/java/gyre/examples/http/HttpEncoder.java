package gyre.examples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import gyre.buffer.Buf;
import gyre.io.codec.Encoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Answers into bytes. The date is formatted once a second; one encoder serves all connections of a loop. */
public final class HttpEncoder implements Encoder<HttpResponse> {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "'Date: 'EEE, dd MMM yyyy HH:mm:ss 'GMT\r\n\r\n'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private byte[] date = {};
    private long second = Long.MIN_VALUE;

    @Override
    public int size(HttpResponse response) {
        return response.head.length + response.connection.length + date().length + response.body.length;
    }

    @Override
    public void encode(HttpResponse response, Buf into) {
        into.put(response.head).put(response.connection).put(date).put(response.body);
    }

    private byte[] date() {
        long now = Math.floorDiv(System.currentTimeMillis(), 1000);
        if (now != second) {
            second = now;
            date = DATE.format(Instant.ofEpochSecond(now)).getBytes(US_ASCII);
        }
        return date;
    }
}
