/**
 * The three token filters of the French chain that the server of the tests lacks.
 *
 * <p>The only whole Elasticsearch that comes through Maven is the one that plugins are tested on: it has no
 * {@code analysis-common} module. This plugin gives {@code elision}, {@code stemmer} (light French alone) and
 * {@code asciifolding} under the names, the settings and the defaults that they have there, over the same filters of
 * Lucene, so that one mapping serves the tests and a full distribution, which must not have the plugin. What it cannot
 * do as {@code analysis-common} does, it refuses.
 */
package portail.analyse;
