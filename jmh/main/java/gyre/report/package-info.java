/**
 * The report that {@code scripts/bench} makes: Gyre beside plain NIO and Netty, on the reader's machine.
 *
 * <p>{@link gyre.report.Report} starts one process for each server and one for the load, has them measured by {@link
 * gyre.report.Series}, and hands what comes out to {@link gyre.report.page}.
 */
package gyre.report;
