package gyre.examples.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Poll;
import gyre.future.Task;
import gyre.io.codec.Framed;
import gyre.net.TcpListener;
import gyre.net.TcpStream;
import gyre.reactor.Core;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesTest {
    /** What a server's {@code draining} holds of it would stay there as long as the server does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // the client's end
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void whoseConnectionEndsForgetsTheStop(String requests) throws Exception {
        Stop stop = new Stop();
        try (Core core = Core.open();
                Socket client = new Socket()) {
            TcpListener listener =
                    TcpListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), core.handle());
            client.connect(listener.localAddress());
            client.getOutputStream().write(requests.getBytes(US_ASCII));
            client.shutdownOutput();
            TcpStream accepted = core.run(listener.incoming().intoFuture()).item();
            core.run(Futures.using(
                    Framed.of(accepted, new HttpDecoder(), new HttpEncoder()),
                    http -> new Responses(http, request -> HttpResponse.empty("204 No Content"), stop).forward(http)));
        }
        assertEquals(1, stop.cancels);
    }

    /** A server that goes on. */
    private static final class Stop implements Future<Void> {
        int cancels;

        @Override
        public Poll<Void> poll(Task task) {
            return Poll.pending();
        }

        @Override
        public void cancel() {
            cancels++;
        }
    }
}
