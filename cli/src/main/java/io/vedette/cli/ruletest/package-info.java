/**
 * Tests of rules: series that a person writes down become the records that an agent would have written, and go through the computation of both jobs; the
 * alerts at given times are held against what was expected.
 */
@NullMarked
package io.vedette.cli.ruletest;

import org.jspecify.annotations.NullMarked;
