/** State that earlier versions wrote, kept for good. */
@NullMarked
package io.vedette.jobs.held;

import org.jspecify.annotations.NullMarked;
