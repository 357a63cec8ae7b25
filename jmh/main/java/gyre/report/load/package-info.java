/** The load of the report: one process with one thread on plain {@code java.nio}, the same for every server. */
package gyre.report.load;
