/** What {@code tinyhttp} knows of HTTP/1.1: requests without bodies, answers that are at hand. */
@org.jspecify.annotations.NullMarked
package gyre.examples.http;
