"""Files of influencers, audiences and posts: which fields they have, and the typed rows they become."""
