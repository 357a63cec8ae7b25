/** The report as one HTML page that needs nothing else, and as JSON. */
package gyre.report.page;
