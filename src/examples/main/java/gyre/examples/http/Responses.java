package gyre.examples.http;

import gyre.future.Poll;
import gyre.future.Stream;
import gyre.future.Task;
import java.util.function.Function;

/** An answer to each request of a connection, in their order, up to the one after which it is closed. */
public final class Responses implements Stream<HttpResponse> {
    private final Stream<HttpRequest> requests;
    private final Function<HttpRequest, HttpResponse> server;
    private boolean last;

    /** Of what the function says to a request that can be served. */
    public Responses(Stream<HttpRequest> requests, Function<HttpRequest, HttpResponse> server) {
        this.requests = requests;
        this.server = server;
    }

    @Override
    public Poll<HttpResponse> poll(Task task) throws Exception {
        if (last) {
            return Poll.end();
        }
        Poll<HttpRequest> next = requests.poll(task);
        if (next.isPending()) {
            return Poll.pending();
        }
        if (next.isEnd()) {
            return Poll.end();
        }
        HttpRequest request = next.value();
        boolean served = request.problem().isEmpty();
        HttpResponse response = served ? server.apply(request) : HttpResponse.empty(request.problem());
        HttpResponse answer = response.to(request);
        last = answer.isLast();
        return Poll.ready(answer);
    }

    @Override
    public void cancel() {
        requests.cancel();
    }
}
