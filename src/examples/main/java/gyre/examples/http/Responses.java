package gyre.examples.http;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import gyre.io.codec.Framed;
import java.util.function.Function;

/**
 * An answer to each request of a connection, in their order, up to the one after which it is closed. When the server stops,
 * that is the one to the request which has begun to come; where none has, the connection ends at once.
 */
public final class Responses implements Stream<HttpResponse> {
    private final Framed<HttpResponse, HttpRequest> requests;
    private final Function<HttpRequest, HttpResponse> server;
    private final Future<Void> stop;
    private boolean stopping;
    private boolean last;

    /**
     * Of what the function says to a request that can be served.
     *
     * @param stop done when the server stops
     */
    public Responses(
            Framed<HttpResponse, HttpRequest> requests, Function<HttpRequest, HttpResponse> server, Future<Void> stop) {
        this.requests = requests;
        this.server = server;
        this.stop = stop;
    }

    @Override
    public Poll<HttpResponse> poll(Task task) throws Exception {
        stopping = stopping || stop.poll(task).isReady();
        if (last) {
            return end();
        }
        Poll<HttpRequest> next = requests.poll(task);
        if (next.isPending()) {
            return stopping && requests.buffered() == 0 ? end() : Poll.pending();
        }
        if (next.isEnd()) {
            return end();
        }
        HttpRequest request = next.value();
        boolean served = request.problem().isEmpty();
        HttpResponse response = served ? server.apply(request) : HttpResponse.empty(request.problem());
        last = !request.keepAlive() || stopping && requests.buffered() == 0;
        return Poll.ready(response.to(request, last));
    }

    private Poll<HttpResponse> end() {
        forgetStop();
        return Poll.end();
    }

    private void forgetStop() {
        if (!stopping) {
            stopping = true;
            stop.cancel();
        }
    }

    @Override
    public void cancel() {
        forgetStop();
        requests.cancel();
    }
}
