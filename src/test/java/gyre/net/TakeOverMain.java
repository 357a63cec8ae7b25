package gyre.net;

import gyre.buffer.Buf;
import gyre.future.Futures;
import gyre.io.Copy;
import gyre.io.ShutdownOutput;
import gyre.reactor.Core;
import gyre.sys.Descriptor;
import java.nio.file.Path;
import java.util.List;

/** Echoes on the connections that it is sent, one after the other, until there are no more. */
final class TakeOverMain {
    private TakeOverMain() {}

    public static void main(String[] args) throws Exception {
        try (Core core = Core.builder().backend(args[0]).open()) {
            UnixStream over = core.run(UnixStream.connect(Path.of(args[1]), core.handle()));
            List<Descriptor> received;
            while (!(received = core.run(UnixDescriptorsTest.receive(over, Buf.allocate(1)))).isEmpty()) {
                TcpStream client;
                try (Descriptor one = received.get(0)) {
                    client = TcpStream.fromDescriptor(one.number(), core.handle());
                }
                core.run(
                        Futures.using(client, s -> Copy.copy(s, s).andThen(bytes -> ShutdownOutput.shutdownOutput(s))));
            }
        }
    }
}
