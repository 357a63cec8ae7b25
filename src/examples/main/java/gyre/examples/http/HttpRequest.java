package gyre.examples.http;

/**
 * A request, as far as a server that has only a few answers needs it.
 *
 * @param method as it was sent: methods are case-sensitive
 * @param target the path, with its query
 * @param version11 whether it is of HTTP/1.1, else of 1.0
 * @param keepAlive whether the client may send another one on this connection
 * @param problem why it can't be served, as a status and its reason, or empty
 */
public record HttpRequest(String method, String target, boolean version11, boolean keepAlive, String problem) {
    /** One after which nothing can be understood. */
    static HttpRequest refused(String problem) {
        return new HttpRequest("", "", true, false, problem);
    }
}
