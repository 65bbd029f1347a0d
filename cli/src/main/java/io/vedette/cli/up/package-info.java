/** Everything in one process. */
@NullMarked
package io.vedette.cli.up;

import org.jspecify.annotations.NullMarked;
