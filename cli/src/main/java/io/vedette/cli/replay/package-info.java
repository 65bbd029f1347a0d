/** The job graphs over recorded scrapes. */
@NullMarked
package io.vedette.cli.replay;

import org.jspecify.annotations.NullMarked;
