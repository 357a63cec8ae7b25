package gyre.examples;

import gyre.channel.Channel;
import gyre.channel.ReceiverClosedException;
import gyre.channel.Sender;
import gyre.future.Future;
import gyre.future.Futures;
import gyre.future.Split;
import gyre.io.codec.Lines;
import gyre.io.codec.MalformedFrameException;
import gyre.net.TcpListener;
import gyre.reactor.Core;
import gyre.reactor.Handle;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells every line that a client sends to all others, with the address of who said it. */
public final class Chat {
    /** Lines that wait for a client; one who reads too slowly misses what is more. */
    private static final int INBOX = 256;

    /** By their addresses; all of this happens on one thread. */
    private final Map<String, Sender<String>> inboxes = new LinkedHashMap<>();

    private Chat() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments =
                Arguments.of("chat [ADDRESS=127.0.0.1:8080]", "Tells each line of a client to all the others.", args);
        Future<Void> stop = Signals.stop();
        try (Core core = Core.builder().backend(arguments.backend()).open()) {
            Handle handle = core.handle();
            TcpListener listener = TcpListener.bind(arguments.address(), handle);
            System.out.println("Listening on: " + Address.text(listener.localAddress()));
            Chat chat = new Chat();
            Future<Void> server = listener.incoming().forEach(socket -> {
                String peer = Address.text(socket.remoteAddress());
                System.out.println("New connection: " + peer);
                Channel<String> inbox = chat.open(peer); // at once: a neighbour may speak before this one's task begins
                handle.spawn(Futures.using(Lines.framed(socket), lines -> chat.join(peer, inbox, lines.split()))
                        .map(end -> "")
                        .recover(error -> ": " + error.getMessage())
                        .inspect(reason -> System.out.println("Connection " + peer + " closed" + reason)));
            });
            core.run(server.race(stop));
        }
    }

    private Channel<String> open(String peer) {
        Channel<String> inbox = Channel.bounded(INBOX);
        inboxes.put(peer, inbox.sender());
        return inbox;
    }

    /** Listens to a client and talks to it, until it ends or can't be talked to. */
    private Future<Void> join(String peer, Channel<String> inbox, Split<String, String> lines) {
        Future<Void> listening = lines.stream()
                .<Message>map(line -> () -> tellOthers(peer, line))
                .recover(error -> complaint(peer, error))
                .forEach(Message::send);
        Future<Void> talking = inbox.receiver().forward(lines.sink());
        return listening.race(talking).onEnd(end -> inboxes.remove(peer, inbox.sender()));
    }

    private void tellOthers(String peer, String line) throws ReceiverClosedException {
        for (Map.Entry<String, Sender<String>> inbox : inboxes.entrySet()) {
            if (!inbox.getKey().equals(peer)) {
                inbox.getValue().trySend(peer + ": " + line);
            }
        }
    }

    /** What is not text is told to nobody else. */
    private Message complaint(String peer, Exception error) throws Exception {
        Sender<String> inbox = inboxes.get(peer);
        if (inbox == null || !(error instanceof MalformedFrameException)) {
            throw error;
        }
        return () -> inbox.trySend("You didn't send valid UTF-8.");
    }

    private interface Message {
        void send() throws ReceiverClosedException;
    }
}
