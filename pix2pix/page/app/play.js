/** The way to all other rooms. */
class Play extends Room {
  constructor(studio) {
    super(studio, 'play');
  }
}
