/**
 * Common given names in several languages, without those that are also everyday words, eponyms, months or places
 * (Will, Mark, April, Grace, Victoria, Austin ...): these would cause far too many false alarms.
 */
export const givenNames: ReadonlySet<string> = new Set(
  (
    'Aaron Abdul Abdullah Abigail Abraham Adaeze Adam Adrian Adriana Agnes Ahmed Aisha Alan Albert Alberto Alejandra ' +
    'Alejandro Alessandra Alex Alexander Alexandra Alfred Ali Alice Alicia Alison Allison Alma Amanda Amina Amir Amit Amy ' +
    'Ana Anastasia Andre Andrea Andreas Andrew Angela Angelica Anita Anjali Anna Anne Annette Annie Anthony Antoine Antonia ' +
    'Antonio Anya Arjun Arnold Arthur Arturo Ashley Astrid Audrey Barbara Beatrice Benjamin Bernadette Bernard Bernice ' +
    'Beth Bethany Betty Beverly Bianca Bogdan Boris Bradley Brandon Brenda Brian Bridget Bruce Bruno Bryan Caitlin Camila ' +
    'Camille Carl Carla Carlos Carmen Carol Caroline Carolyn Catherine Cecilia Cesar Charlene Charles Cheryl Chiara Chidi ' +
    'Chinedu Chloe Chris Christine Christina Christopher Claire Clara Claudia Clifford Colin Connor Corey Craig Cristina ' +
    'Curtis Cynthia Daniel Daniela Danielle Darlene Darren David Deborah Debra Deepak Denis Denise Dennis Derek Diana ' +
    'Diane Diego Dmitri Dolores Dominic Donald Donna Doris Dorothy Douglas Dylan Edith Eduardo Edward Edwin Eileen Elaine ' +
    'Eleanor Elena Elias Elisabeth Elizabeth Ella Ellen Elsa Emeka Emil Emily Emma Enrique Eric Erica Erik Erin Ernest ' +
    'Esther Ethan Eugene Eva Evelyn Farah Fatima Felicia Fernando Fiona Francesca Francis Francisco Frederick Gabriel ' +
    'Gabriela Gabriella Gail Gary Geoffrey George Gerald Geraldine Gertrude Giovanni Giulia Gloria Gordon Greg Gregory ' +
    'Greta Guadalupe Guillermo Gustavo Hannah Harold Harriet Harry Harvey Hassan Hector Heidi Helen Helena Henry ' +
    'Herbert Hiroshi Howard Hugo Ian Ibrahim Ida Ingrid Irene Isaac Isabel Isabella Ivan Jacob Jacqueline Jacques Jaime ' +
    'James Jamal Jane Janet Janice Jasmin Jason Javier Jean Jeanette Jeff Jeffrey Jennifer Jenny Jeremy Jerome Jessica ' +
    'Jesus Jill Joan Joanna Joanne Joel Johanna John Jonathan Jorge Jose Josef Joseph Josephine Joshua Juan Juanita Judith ' +
    'Judy Julia Julian Juliana Julie Julio Justin Kamala Karen Karin Karl Karla Katarina Kate Katherine Kathleen Kathryn ' +
    'Kathy Katie Keith Kelly Kenji Kenneth Kerry Kevin Khadija Kimberly Klaus Krishna Kristen Kristin Kristina Kumar Kurt ' +
    'Kwame Kyle Lakshmi Larry Latoya Laura Lauren Laurence Lawrence Leah Leila Lena Leo Leon Leonard Leroy Leslie Leticia ' +
    'Liam Lillian Linda Lisa Liselotte Lois Lorenzo Loretta Lori Lorraine Louis Louise Luca Lucas Lucia Lucille Lucy Luis ' +
    'Luisa Lydia Lynn Malcolm Manuel Marc Marcel Marcia Marcos Marcus Margaret Maria Marianne Marie Marilyn Mario Marion ' +
    'Marisol Marjorie Marlene Martha Martin Martina Marvin Mary Matthew Maureen Maurice Megan Mehmet Mei Melanie Melissa ' +
    'Melvin Mercedes Meredith Michael Michelle Miguel Mikhail Mildred Mira Miriam Mohamed Mohammad Mohammed Moira Monica ' +
    'Monique Muhammad Mustafa Nadia Nancy Naomi Natalia Natalie Natasha Nathan Nathaniel Neha Neil Ngozi Nicholas Nicolas ' +
    'Nicole Nikhil Nikolai Nina Noah Noel Nora Norma Norman Olga Oliver Olivia Olu Omar Oscar Otto Pablo Pamela Patricia ' +
    'Patrick Paul Paula Pauline Pavel Pedro Peggy Peter Philip Phillip Phyllis Pierre Pilar Piotr Polly Priya Rachel ' +
    'Rafael Raj Rajesh Ralph Ramon Randall Raquel Ravi Raymond Rebecca Regina Reginald Renee Ricardo Richard Rita Robert ' +
    'Roberta Roberto Rodney Rodrigo Roger Roland Ronald Rosa Rosalind Roxanne Roy Russell Ruth Ryan Sabrina Salma Salvador ' +
    'Sam Samantha Samir Samuel Sandra Sanjay Sara Sarah Satoshi Scott Sean Sebastian Selma Sergei Sergio Shannon ' +
    'Sharon Shawn Sheila Shirley Sigrid Silvia Simon Simone Sofia Sonia Sophia Sophie Stefan Stefanie Stephanie Stephen ' +
    'Steve Steven Stuart Sunita Susan Susanna Suzanne Svetlana Sylvia Takeshi Tamara Tamika Tanya Tara Tatiana Ted Teresa ' +
    'Terence Terry Thelma Theodore Theresa Thomas Tiffany Timothy Tina Todd Tomas Tony Tracy Trevor Tyler Ulrich Umar ' +
    'Ursula Valentina Valerie Vanessa Vera Vernon Veronica Vicente Vicki Victor Vijay Vincent Vivian Vladimir Walter Wanda ' +
    'Warren Wayne Wei Wendy Werner Wesley William Wolfgang Xavier Xiao Yasmin Yolanda Yuki Yusuf Yvonne Zachary Zainab Zoe'
  ).split(' '),
);
