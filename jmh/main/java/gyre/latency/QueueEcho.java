package gyre.latency;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A thread that sends back through one of the JDK's queues what it gets through another. */
final class QueueEcho {
    private final BlockingQueue<Integer> in = new LinkedBlockingQueue<>(32);
    private final BlockingQueue<Integer> out = new LinkedBlockingQueue<>(32);
    private final Thread thread = new Thread(this::run, "queue-echo");

    QueueEcho() {
        thread.start();
    }

    Integer roundTrip() throws InterruptedException {
        in.add(1);
        return out.take();
    }

    void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            while (true) {
                out.add(in.take());
            }
        } catch (InterruptedException e) {
            return; // the orderly end
        }
    }
}
