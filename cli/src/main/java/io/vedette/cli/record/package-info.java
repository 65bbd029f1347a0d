/** {@code vedette record}: scrapes as captures. */
@NullMarked
package io.vedette.cli.record;

import org.jspecify.annotations.NullMarked;
